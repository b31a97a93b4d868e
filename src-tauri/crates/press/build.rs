//! Compiles the sample in anew when its files change; `include_dir` alone does not see new ones.

fn main() {
    println!("cargo::rerun-if-changed=paper/slrb/2026-11-24");
}
