//! What a newspaper is: publication, issue, page, region, article, geometry and reading order.
//!
//! Pure: no network, no files, no clock. Every other crate speaks in these words.

pub mod article;
pub mod continuation;
pub mod geometry;
pub mod label;
pub mod link;

pub use article::{Article, Block, Decks};
pub use geometry::{Area, Frame, GeometryError, Point, Polygon, Shape, reading_order};
pub use label::PageLabel;
pub use link::{LONGEST_LINK_NAME, MOST_LINKS, SiteLink, is_web_address};

/// A calendar date of the publication's own place.
pub use jiff::civil::Date;
