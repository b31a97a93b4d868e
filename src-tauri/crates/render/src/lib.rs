//! A page's picture or PDF to pixels: the whole page at any size, a cut-out of it, or a tile.
//!
//! Everything that comes in is somebody else's bytes: sizes, pixels and time are limited, and a file
//! that makes a decoder panic or hang costs one page its picture, never the program.

mod alignment;
mod bitmap;
mod caption;
mod confine;
mod drawn_images;
mod fonts;
mod found_areas;
mod letters;
mod night;
mod pdf;
mod photographs;
mod picture;
mod sheet;
#[cfg(test)]
mod testing;
mod tones;

pub use alignment::Frame;
pub use bitmap::Bitmap;
pub use caption::{Caption, Outline, captioned, keep_within};
pub use night::{NIGHT_INK, NIGHT_PAPER};
pub use photographs::Photographs;
pub use sheet::{Cut, Kind, MOST_PIXELS, Sheet, Size, TILE_SIZE};

/// Why a page could not be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    #[error("this is neither a PDF nor a picture that can be read ({0}); its text can still be read")]
    Unreadable(String),
    #[error("the PDF is locked with a password; its text can still be read")]
    Locked,
    #[error("the PDF has no pages; its text can still be read")]
    Empty,
    #[error("{what} is {size}, more than the {limit} that are shown; its text can still be read")]
    TooLarge { what: &'static str, size: u64, limit: u64 },
    #[error(
        "the part asked for lies outside the page, or is empty: ask for x,y,width,height between 0 and 1"
    )]
    OutsidePage,
    #[error("drawing this page took longer than {0} seconds; its text can still be read")]
    TooSlow(u64),
    #[error("this page's file is damaged in a way that stopped the drawing; its text can still be read")]
    Broken,
    #[error(
        "this system has no Chinese font to write with: install one, Noto Serif CJK or Source Han Serif say"
    )]
    NoFont,
    #[error("the picture could not be written: {0}")]
    Encoding(String),
}
