//! What differs between real sites of this kind: their templates, and the habits that each may have or not.

use clap::ValueEnum;

/// The templates that a site is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Skin {
    /// Floating columns; the page's map with unquoted attributes, metadata after the document.
    Div,
    /// Nested tables in capitals, popups, pager arrows in Webdings, promotions among the text.
    Table,
    /// nbs/nw file names, headlines written by script, a frame that is not the thumbnail's size.
    People,
    /// The newer generator with the people's skin: a slide a page, the frame's size in the style sheet.
    Swiper,
    /// The newer generator: `.Chunkiconlist`, `.newslist`, `.newsdetatit`; large pictures in an unstated frame.
    Chunk,
    /// The newer generator: `ul#layoutlist`, PDFs in hidden inputs, `#PreTitle` and its kin.
    Layoutlist,
    /// The newer generator: `.nav-list`, pages named `lNN.html`.
    Navlist,
    /// The newer generator: `#webtree`, the whole issue in a tree on every page; articles named `cN.html`.
    Webtree,
    /// The newer generator's cloud: `li.layout-catalogue-item`, `cms-content`, dates as `YYYY-MM/DD`.
    Catalogue,
    /// `PaperIndex.htm`, `IssueIndex.htm`, `Page01BC.htm`, `Articel01002NR.htm`.
    PaperIndex,
    /// The same with the whole issue in `div.listdaohang`, its addresses in `daoxiang`.
    Daoxiang,
    /// The whole issue in one document for telephones, without pictures of its pages.
    Mobile,
    /// The whole issue in one JSON document, with a shell of HTML before it.
    Json,
    /// A program in the browser that posts its questions and gets JSON.
    Posted,
    /// A picture and a map a page, everything else in `data.json`.
    DataList,
    /// A JSON document a page: `journal/YYYY-MM-DD/getJournalPage.do`.
    Journal,
    /// The same site before: HTML with `<area xy=…>`.
    OlderJournal,
    /// The whole issue in one document, its areas polygons of SVG.
    Flipbook,
}

/// Where a site's documents and files stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    /// `html/YYYY-MM/DD/` for everything, pictures and PDFs beside `html`.
    Classic,
    /// `pc/layout/YYYYMM/DD/`, `pc/content/YYYYMM/DD/`, `pc/pic`, `pc/attachement`.
    Newer,
    /// `YYYY-MM/DD/`.
    Cloud,
    /// `content/YYYYMMDD/`, `PDF/YYYYMMDD/`.
    PaperIndex,
    /// `mobile/YYYY/YYYYMMDD/`.
    Mobile,
    /// `/_szb/SLUG/YYYY/MM/DD/index.json`.
    Json,
    /// `/stdailynewspaperapi/uv/article/…` for everything that is posted; files below `/SLUG/`.
    Posted,
    /// `html/YYYY/YYYYMMDD/`, a folder for each page.
    DataList,
    /// `/journal/YYYY-MM-DD/getJournalPage.do`; files below `/SLUG/`.
    Journal,
    /// `journal/YYYY-MM-DD/`.
    OlderJournal,
    /// `YYYYMM/DD/`.
    Flipbook,
}

impl Skin {
    pub(crate) fn ground(self) -> Ground {
        match self {
            Self::Div | Self::Table | Self::People => Ground::Classic,
            Self::Swiper | Self::Chunk | Self::Layoutlist | Self::Navlist | Self::Webtree => Ground::Newer,
            Self::Catalogue => Ground::Cloud,
            Self::PaperIndex | Self::Daoxiang => Ground::PaperIndex,
            Self::Mobile => Ground::Mobile,
            Self::Json => Ground::Json,
            Self::Posted => Ground::Posted,
            Self::DataList => Ground::DataList,
            Self::Journal => Ground::Journal,
            Self::OlderJournal => Ground::OlderJournal,
            Self::Flipbook => Ground::Flipbook,
        }
    }

    /// Whether nothing of the site is known to say more of an article than its headline, its author and its text.
    pub(crate) fn has_headlines_alone(self) -> bool {
        matches!(self, Self::DataList | Self::Journal | Self::OlderJournal | Self::Flipbook)
    }

    /// Whether the template has a place of its own for pictures, over the text.
    pub(crate) fn keeps_pictures_together(self) -> bool {
        matches!(self, Self::Table | Self::People | Self::Layoutlist | Self::Swiper)
    }
}

/// How bytes are encoded and what the document says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Charset {
    Utf8,
    /// GBK bytes under `charset=gb2312`, as most old sites have them.
    Gbk,
    Gb18030,
    /// UTF-8 bytes under `charset=gb2312`.
    Utf8CalledGb2312,
    /// GBK bytes under `charset=utf-8`.
    GbkCalledUtf8,
}

impl Charset {
    /// What the document's `meta` says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 | Self::GbkCalledUtf8 => "utf-8",
            Self::Gbk | Self::Utf8CalledGb2312 => "gb2312",
            Self::Gb18030 => "gb18030",
        }
    }

    pub(crate) fn encode(self, text: &str) -> Vec<u8> {
        let encoding = match self {
            Self::Utf8 | Self::Utf8CalledGb2312 => encoding_rs::UTF_8,
            Self::Gbk | Self::GbkCalledUtf8 => encoding_rs::GBK,
            Self::Gb18030 => encoding_rs::GB18030,
        };
        encoding.encode(text).0.into_owned()
    }
}

/// How a paper's front door leads to its newest issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Index {
    /// `<META HTTP-EQUIV="REFRESH" CONTENT="0; URL=...">`.
    MetaRefresh,
    /// The same without quotation marks.
    BareRefresh,
    /// `window.location.href=`.
    Script,
    /// 302.
    Redirect,
    /// A frame around the issue.
    Frames,
}

/// Whether a month's issues are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Calendar {
    /// `period.xml` of this paper alone, unsorted.
    Own,
    /// `period.xml` with a neighbouring paper's entries among them, some of days without an issue of this one.
    Shared,
    /// None; pages link to the issue before theirs instead.
    Absent,
}

/// What the map's coordinates are measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FrameSize {
    /// The thumbnail's own pixels, and the page does not say so.
    Unstated,
    /// The thumbnail's own pixels, with `width` and `height`.
    Stated,
    /// A frame of 400x575 around a thumbnail of 350x500, with `width` and `height`.
    Scaled,
    /// The generator's 350x500 for every page, whatever picture is shown, and the page does not say so.
    Configured,
}

/// How a page without a PDF shows the picture that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LargePicture {
    /// It is the picture in the frame, scaled down by `width` and `height`.
    InFrame,
    /// The thumbnail is in the frame; a link leads to the large one.
    Linked,
}

/// What answers for an address that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Missing {
    NotFound,
    /// 200 with the same shell of a page for every one.
    Shell,
    /// 302 to the front door.
    FrontDoor,
}

/// `/robots.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Robots {
    /// 404.
    Absent,
    Allow,
    CrawlDelay(u32),
    Disallow,
}

/// What a site lets a reader ask about with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Validators {
    Both,
    LastModified,
    Absent,
}

/// A site's habits. [`Quirks::usual`] has those that its skin is known for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a habit that a site has or has not")]
pub struct Quirks {
    pub charset: Charset,
    /// The label is also in the `Content-Type` header.
    pub charset_in_header: bool,
    pub index: Index,
    /// `/slug` -> `/slug/` -> `index.htm` by 302, and from there on to `paperindex.htm`.
    pub redirects: bool,
    pub calendar: Calendar,
    pub frame: FrameSize,
    pub large_picture: LargePicture,
    /// `232.35,84.0` instead of whole pixels.
    pub decimal_coords: bool,
    /// `?div=-1` on articles' addresses, and the first area twice.
    pub div_queries: bool,
    /// An area with `coords="null"`.
    pub null_area: bool,
    /// The rightmost areas reach 2 pixels beyond the frame.
    pub overflowing_area: bool,
    /// Advertisement pages have no areas.
    pub bare_adverts: bool,
    /// A page without a PDF has the PDF's icon all the same, linked to `#`.
    pub dead_pdf_links: bool,
    /// Pictures' addresses with backslashes.
    pub backslashes: bool,
    /// Both addresses of an article that goes on elsewhere have its whole text.
    pub whole_text_twice: bool,
    /// Pages do not list the pages: only the pager leads on.
    pub without_page_list: bool,
    /// The last page's 下一版 leads back to the page before it.
    pub looping_pager: bool,
    /// Subscription and microblog lines inside the text.
    pub promotions_in_text: bool,
    /// Articles' texts are in no document: a script writes them.
    pub texts_by_script: bool,
    /// `<!--enpproperty ... -->` after the document.
    pub metadata_comment: bool,
    pub missing: Missing,
    pub robots: Robots,
    pub validators: Validators,
    /// The first page's column id; the others follow with gaps.
    pub first_node: u32,
}

impl Quirks {
    pub fn usual(skin: Skin) -> Self {
        let div = Self {
            charset: Charset::Utf8,
            charset_in_header: false,
            index: Index::MetaRefresh,
            redirects: false,
            calendar: Calendar::Own,
            frame: FrameSize::Stated,
            large_picture: LargePicture::InFrame,
            decimal_coords: false,
            div_queries: false,
            null_area: false,
            overflowing_area: false,
            bare_adverts: true,
            dead_pdf_links: false,
            backslashes: false,
            whole_text_twice: false,
            without_page_list: false,
            looping_pager: false,
            promotions_in_text: false,
            texts_by_script: false,
            metadata_comment: true,
            missing: Missing::NotFound,
            robots: Robots::Allow,
            validators: Validators::Both,
            first_node: 2,
        };
        match skin {
            Skin::Div => div,
            Skin::Table => Self {
                charset: Charset::Gbk,
                index: Index::Script,
                redirects: true,
                calendar: Calendar::Shared,
                frame: FrameSize::Unstated,
                large_picture: LargePicture::Linked,
                div_queries: true,
                overflowing_area: true,
                bare_adverts: false,
                dead_pdf_links: true,
                whole_text_twice: true,
                promotions_in_text: true,
                metadata_comment: false,
                robots: Robots::Absent,
                validators: Validators::LastModified,
                first_node: 187,
                ..div
            },
            Skin::Swiper
            | Skin::Chunk
            | Skin::Layoutlist
            | Skin::Navlist
            | Skin::Webtree
            | Skin::Catalogue => Self {
                frame: FrameSize::Configured,
                decimal_coords: true,
                null_area: true,
                bare_adverts: skin == Skin::Webtree,
                large_picture: if skin == Skin::Chunk { LargePicture::InFrame } else { LargePicture::Linked },
                calendar: if skin == Skin::Layoutlist { Calendar::Shared } else { Calendar::Own },
                index: if skin == Skin::Navlist { Index::Script } else { Index::MetaRefresh },
                charset_in_header: skin == Skin::Swiper,
                whole_text_twice: skin == Skin::Layoutlist,
                missing: if skin == Skin::Swiper { Missing::Shell } else { Missing::NotFound },
                ..div
            },
            Skin::PaperIndex | Skin::Daoxiang => Self {
                calendar: Calendar::Absent,
                metadata_comment: false,
                dead_pdf_links: skin == Skin::Daoxiang,
                large_picture: LargePicture::Linked,
                ..div
            },
            Skin::Json | Skin::Journal | Skin::OlderJournal => {
                Self { calendar: Calendar::Absent, metadata_comment: false, ..div }
            }
            Skin::Flipbook => {
                Self { calendar: Calendar::Absent, index: Index::Script, metadata_comment: false, ..div }
            }
            Skin::Posted => Self { metadata_comment: false, validators: Validators::Absent, ..div },
            Skin::DataList => {
                Self { null_area: true, metadata_comment: false, missing: Missing::FrontDoor, ..div }
            }
            Skin::Mobile => Self {
                charset: Charset::Utf8CalledGb2312,
                index: Index::Script,
                calendar: Calendar::Absent,
                metadata_comment: false,
                ..div
            },
            Skin::People => Self {
                index: Index::BareRefresh,
                frame: FrameSize::Scaled,
                null_area: true,
                bare_adverts: false,
                backslashes: true,
                metadata_comment: false,
                missing: Missing::Shell,
                charset_in_header: true,
                ..div
            },
        }
    }
}
