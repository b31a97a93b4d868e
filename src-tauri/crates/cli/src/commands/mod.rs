//! One file a command.

pub(crate) mod add;
pub(crate) mod catalogue;
pub(crate) mod check;
pub(crate) mod inspect;
pub(crate) mod list;
pub(crate) mod read;
pub(crate) mod recipe;
pub(crate) mod render;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod sync;
