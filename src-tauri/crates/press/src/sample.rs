//! The issue that is built into the program, at an address that only the program answers for.

use crate::paper::Paper;
use crate::quirks::{Quirks, Skin};
use crate::site::Site;
use kanbao_publisher::Origin;
use std::sync::Arc;

/// No host of this name can be on the network: RFC 2606 keeps `.invalid` free.
pub const SAMPLE_HOST: &str = "sample.kanbao.invalid";

/// What is subscribed to for the sample.
pub const SAMPLE_ADDRESS: &str = "http://sample.kanbao.invalid/slrb/index.htm";

/// The sample's site, to be answered from inside the program.
pub fn sample_site() -> Arc<dyn Origin> {
    Arc::new(Site::new(Paper::sample(), Skin::Div, Quirks::usual(Skin::Div)))
}
