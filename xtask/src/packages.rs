//! What the system itself must have: installed on Debian and Ubuntu, named exactly elsewhere.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{cargo, process};

/// What is going to be done, which decides what it needs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Purpose {
    /// Build, and open windows on the reader's display.
    Window,
    /// The same on a virtual display, and take pictures of it.
    Headless,
    /// Drive the real window.
    Test,
    /// Measure ourselves beside others, in the real window too.
    Bench,
}

/// Debian's and Ubuntu's names, and the purpose from which on each is needed.
const DEBIAN: [(&str, Purpose); 15] = [
    ("build-essential", Purpose::Window),
    ("pkg-config", Purpose::Window),
    ("libwebkit2gtk-4.1-dev", Purpose::Window),
    ("fonts-noto-cjk", Purpose::Window),
    ("xvfb", Purpose::Headless),
    ("imagemagick", Purpose::Headless),
    ("webkit2gtk-driver", Purpose::Test),
    // What a screen reader hears is read from a bus of the test's own.
    ("dbus", Purpose::Test),
    ("at-spi2-core", Purpose::Test),
    // Those who are measured beside us.
    ("mupdf-tools", Purpose::Bench),
    ("libvips-tools", Purpose::Bench),
    ("python3-venv", Purpose::Bench),
    ("chromium", Purpose::Bench),
    ("chromium-driver", Purpose::Bench),
    ("evince", Purpose::Bench),
];

/// Installs what is missing where that can be done, and otherwise says what is.
pub(crate) fn ensure(purpose: Purpose) -> Result<(), String> {
    match std::env::consts::OS {
        "linux" if has("apt-get") => return debian(purpose),
        "linux" => linux(purpose)?,
        "macos" => macos()?,
        // The compiler that built this brought the linker, and Windows 10 and 11 bring WebView2; cargo
        // and the window say so themselves where either is missing.
        _ => {}
    }
    if purpose >= Purpose::Bench { peers() } else { Ok(()) }
}

/// Fuzzing is driven by a program of cargo's own kind, which needs nothing of the system but a C++ compiler.
pub(crate) fn ensure_cargo_fuzz() -> Result<(), String> {
    const VERSION: &str = "0.13.2";
    if process::ask(cargo::plain("fuzz").arg("--version")).is_some() {
        return Ok(());
    }
    println!("installing cargo-fuzz {VERSION}");
    process::run(cargo::plain("install").args(["--locked", "cargo-fuzz", "--version", VERSION]))
}

fn debian(purpose: Purpose) -> Result<(), String> {
    let installed = |package: &str| {
        let query = ["--show", "--showformat=${db:Status-Status}", package];
        process::ask(Command::new("dpkg-query").args(query)).is_some_and(|status| status == "installed")
    };
    let needed = DEBIAN.iter().filter(|(_, from)| *from <= purpose).map(|(package, _)| *package);
    let missing: Vec<&str> = needed
        .filter(|package| !(installed(package) || *package == "fonts-noto-cjk" && has_chinese_font()))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("installing {}", missing.join(" "));
    let advice = |problem| {
        format!(
            "{problem}\nInstall them yourself: sudo apt-get install --no-install-recommends {}",
            missing.join(" ")
        )
    };
    // Lists that cannot be renewed may still do: the installation says so if not.
    if let Err(problem) = process::run(apt_get()?.arg("update")) {
        eprintln!("xtask: {problem}; going on with the lists that are there");
    }
    let install = ["install", "--yes", "--no-install-recommends"];
    process::run(apt_get()?.args(install).args(&missing)).map_err(advice)
}

fn apt_get() -> Result<Command, String> {
    let root = process::ask(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    if root {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        return Ok(command);
    }
    if !has("sudo") {
        return Err("installing packages needs root or sudo; neither is here".into());
    }
    let mut command = Command::new("sudo");
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    Ok(command)
}

/// Linux systems whose packages we don't install: what is missing is asked for by what it provides.
fn linux(purpose: Purpose) -> Result<(), String> {
    let library = Command::new("pkg-config")
        .args(["--exists", "webkit2gtk-4.1"])
        .status()
        .is_ok_and(|status| status.success());
    let mut missing = Vec::new();
    if !library {
        missing.push("webkit2gtk-4.1 and its headers, a C compiler, pkg-config");
    }
    if !has_chinese_font() {
        missing.push("a Chinese font");
    }
    if purpose >= Purpose::Headless && !(has("Xvfb") && has("import")) {
        missing.push("Xvfb, ImageMagick");
    }
    if purpose >= Purpose::Test && !has("WebKitWebDriver") {
        missing.push("WebKitWebDriver");
    }
    let listens = Path::new("/usr/share/dbus-1/services/org.a11y.Bus.service").is_file();
    if purpose >= Purpose::Test && !(has("dbus-daemon") && listens) {
        missing.push("dbus-daemon, the accessibility bus of at-spi2-core");
    }
    if missing.is_empty() {
        return Ok(());
    }
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let family = |name: &str| {
        release
            .lines()
            .filter(|line| line.starts_with("ID=") || line.starts_with("ID_LIKE="))
            .any(|line| line.split(['=', ' ', '"']).any(|word| word == name))
    };
    let install = if family("fedora") {
        "sudo dnf install gcc gcc-c++ make pkgconf-pkg-config perl webkit2gtk4.1-devel google-noto-sans-cjk-fonts \
         xorg-x11-server-Xvfb ImageMagick webkitgtk-driver dbus-daemon at-spi2-core"
    } else if family("arch") {
        "sudo pacman -S --needed base-devel webkit2gtk-4.1 noto-fonts-cjk xorg-server-xvfb imagemagick dbus at-spi2-core"
    } else {
        "install them with your system's package manager; on Debian their packages are build-essential pkg-config \
         libwebkit2gtk-4.1-dev fonts-noto-cjk xvfb imagemagick webkit2gtk-driver dbus at-spi2-core"
    };
    Err(format!("this system lacks {}. Then run this again:\n  {install}", missing.join("; ")))
}

/// Those who are measured beside us, where we don't install them.
fn peers() -> Result<(), String> {
    let needed = [
        ("mutool", "MuPDF's tools (https://mupdf.com)"),
        ("vips", "libvips with its tools (https://www.libvips.org)"),
        ("vipsthumbnail", "libvips with its tools (https://www.libvips.org)"),
        ("python3", "Python 3 with its venv module (https://www.python.org)"),
        ("chromium", "Chromium (https://www.chromium.org)"),
        ("chromedriver", "Chromium's driver (https://developer.chrome.com/docs/chromedriver)"),
        ("evince", "Evince (https://apps.gnome.org/Evince)"),
    ];
    let missing: Vec<String> = needed
        .iter()
        .filter(|(program, _)| !has(&format!("{program}{}", std::env::consts::EXE_SUFFIX)))
        .map(|(program, origin)| format!("  {program}: {origin}"))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!("what is measured beside us is missing here. Then run this again:\n{}", missing.join("\n")))
}

fn macos() -> Result<(), String> {
    match process::ask(Command::new("xcode-select").arg("-p")) {
        Some(_) => Ok(()),
        None => {
            Err("this Mac lacks the command line tools. Then run this again:\n  xcode-select --install"
                .into())
        }
    }
}

fn has(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn has_chinese_font() -> bool {
    process::ask(Command::new("fc-list").arg(":lang=zh")).is_some_and(|fonts| !fonts.trim().is_empty())
}
