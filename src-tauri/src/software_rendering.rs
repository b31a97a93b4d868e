//! `WebKitGTK` without its DMABUF renderer: where `--software-rendering` asks for it, since that renderer shows a blank
//! window on some machines, and where there is no graphics card. There it would have Mesa play the card, which takes longer
//! to answer a hand than `WebKitGTK`'s own drawing does (docs/adr/0022).

/// Whether this machine has no graphics card that could draw.
#[cfg(target_os = "linux")]
pub(crate) fn is_best() -> bool {
    // A card that draws, and not only shows, has a render node. Where the folder cannot be read nothing is known.
    let nodes = match std::fs::read_dir("/dev/dri") {
        Ok(nodes) => nodes,
        Err(error) => return error.kind() == std::io::ErrorKind::NotFound,
    };
    !nodes.flatten().any(|node| node.file_name().as_encoded_bytes().starts_with(b"renderD"))
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn is_best() -> bool {
    false
}

#[cfg(target_os = "linux")]
const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Whether `WebKitGTK` draws itself, on the processor.
#[cfg(target_os = "linux")]
pub(crate) fn is_chosen() -> bool {
    std::env::var_os(SWITCH).is_some_and(|value| value != "0")
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn is_chosen() -> bool {
    false
}

/// Sets what `WebKitGTK` reads, in this program's own environment: to be called first, while there is no other thread.
#[cfg(target_os = "linux")]
pub(crate) fn choose() {
    // Who set it has chosen already. Only a name or a value with a zero in it would be refused.
    let _ = gtk::glib::setenv(SWITCH, "1", false);
}

/// Other systems' webviews see to it themselves.
#[cfg(not(target_os = "linux"))]
pub(crate) fn choose() {}
