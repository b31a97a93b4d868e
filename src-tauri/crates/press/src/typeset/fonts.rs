//! The faces the papers are set in, and what the setter asks of them: glyphs and widths.

use super::TypesetError;
use super::setter::Widths;
use krilla::text::{Font, GlyphId};
use std::path::Path;
use ttf_parser::Face as Outlines;

/// A face by its use in Chinese newspapers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    /// 宋: what is read.
    Song,
    SongBold,
    /// Headlines.
    SongBlack,
    /// 黑: 小标题, labels and the louder headlines.
    Hei,
    HeiBold,
    HeiBlack,
    /// 楷: bylines, captions and the editor's word.
    Kai,
}

/// File, index in the collection, of every face in `Face`'s order. The third of Noto's is the one
/// drawn for Simplified Chinese.
const FILES: [(&str, u32); 7] = [
    ("opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    ("opentype/noto/NotoSerifCJK-Bold.ttc", 2),
    ("opentype/noto/NotoSerifCJK-Black.ttc", 2),
    ("opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("opentype/noto/NotoSansCJK-Bold.ttc", 2),
    ("opentype/noto/NotoSansCJK-Black.ttc", 2),
    ("truetype/arphic/ukai.ttc", 0),
];

/// The Debian packages those files come from, for the message when they are missing.
const PACKAGES: &str = "fonts-noto-cjk fonts-noto-cjk-extra fonts-arphic-ukai";

/// One loaded face.
pub(crate) struct Type {
    pub(crate) font: Font,
    outlines: Outlines<'static>,
    units: f32,
    name: &'static str,
}

impl Type {
    pub(crate) fn glyph(&self, c: char) -> Result<GlyphId, TypesetError> {
        let missing = TypesetError::NoGlyph { character: c, face: self.name };
        let id = self.outlines.glyph_index(c).ok_or(missing)?;
        Ok(GlyphId::new(u32::from(id.0)))
    }

    pub(crate) fn has(&self, c: char) -> bool {
        self.outlines.glyph_index(c).is_some()
    }
}

impl Widths for Type {
    /// What the face lacks is as wide as a Chinese character; the missing glyph is told when it is drawn.
    fn width(&self, c: char) -> f32 {
        let advance = self.outlines.glyph_index(c).and_then(|id| self.outlines.glyph_hor_advance(id));
        advance.map_or(1.0, |advance| f32::from(advance) / self.units)
    }
}

/// All faces.
pub(crate) struct Fonts {
    types: Vec<Type>,
    /// The same files for the words inside drawings.
    pub(crate) database: std::sync::Arc<resvg::usvg::fontdb::Database>,
}

impl Fonts {
    pub(crate) fn load(folder: &Path) -> Result<Self, TypesetError> {
        let mut database = resvg::usvg::fontdb::Database::new();
        let mut types = Vec::new();
        for (name, index) in FILES {
            let path = folder.join(name);
            let bytes = std::fs::read(&path).map_err(|source| TypesetError::Font {
                path: path.clone(),
                packages: PACKAGES,
                source,
            })?;
            let unreadable = || TypesetError::BadFont { path: path.clone() };
            // Held until the program ends: every page is drawn with every face.
            let bytes: &'static [u8] = Box::leak(bytes.into_boxed_slice());
            let outlines = Outlines::parse(bytes, index).map_err(|_| unreadable())?;
            let font = Font::new(bytes.into(), index).ok_or_else(unreadable)?;
            let units = f32::from(outlines.units_per_em());
            types.push(Type { font, outlines, units, name });
            database.load_font_source(resvg::usvg::fontdb::Source::Binary(std::sync::Arc::new(bytes)));
        }
        Ok(Self { types, database: std::sync::Arc::new(database) })
    }

    pub(crate) fn get(&self, face: Face) -> &Type {
        &self.types[face as usize]
    }
}
