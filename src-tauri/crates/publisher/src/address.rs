//! Which addresses may be asked, and how near to this computer they are.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Longer addresses are nobody's page.
const LONGEST: usize = 8 * 1024;

/// How near a host is. A site may lead outwards but not inwards: what answers on this computer or on the
/// local network is not for a site on the internet to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    Internet,
    LocalNetwork,
    ThisComputer,
}

impl Reach {
    /// Judged by the address as written. A public name that resolves to a private address counts as public:
    /// names are resolved by the proxy where there is one, and some proxies give private addresses to every
    /// name.
    pub(crate) fn of(url: &Url) -> Self {
        match url.host() {
            Some(Host::Ipv4(address)) => Self::of_ipv4(address),
            Some(Host::Ipv6(address)) => Self::of_ipv6(address),
            Some(Host::Domain(name)) => Self::of_name(name.trim_end_matches('.')),
            None => Self::Internet,
        }
    }

    fn of_ipv4(address: Ipv4Addr) -> Self {
        let [first, second, ..] = address.octets();
        if address.is_loopback() || first == 0 {
            Self::ThisComputer
        } else if address.is_private() || address.is_link_local() || (first == 100 && second & 0xC0 == 64) {
            Self::LocalNetwork
        } else {
            Self::Internet
        }
    }

    fn of_ipv6(address: Ipv6Addr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(mapped) => Self::of_ipv4(mapped),
            IpAddr::V6(address) if address.is_loopback() || address.is_unspecified() => Self::ThisComputer,
            IpAddr::V6(address) if address.is_unique_local() || address.is_unicast_link_local() => {
                Self::LocalNetwork
            }
            IpAddr::V6(_) => Self::Internet,
        }
    }

    fn of_name(name: &str) -> Self {
        // The parser has made the name lower case.
        let last = name.rsplit('.').next().unwrap_or_default();
        match last {
            "localhost" => Self::ThisComputer,
            "local" | "internal" | "lan" => Self::LocalNetwork,
            _ if last == name => Self::LocalNetwork,
            _ => Self::Internet,
        }
    }
}

/// Why an address is not asked at all, if it is not.
pub(crate) fn objection(url: &Url) -> Option<&'static str> {
    if !matches!(url.scheme(), "http" | "https") {
        Some("only http and https are fetched")
    } else if url.host_str().is_none_or(str::is_empty) {
        Some("it names no host")
    } else if !url.username().is_empty() || url.password().is_some() {
        Some("it holds a user name or password, which Kanbao does not send")
    } else if url.as_str().len() > LONGEST {
        Some("it is too long to be a page's address")
    } else {
        None
    }
}

/// The address as it is asked for and shown in errors.
pub(crate) fn without_fragment(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_near_a_host_is() {
        use Reach::{Internet, LocalNetwork, ThisComputer};
        for (host, reach) in [
            ("epaper.example.cn", Internet),
            ("203.0.113.9", Internet),
            ("[2001:db8::1]", Internet),
            ("127.0.0.1", ThisComputer),
            ("127.9.9.9", ThisComputer),
            ("2130706433", ThisComputer),
            ("0.0.0.0", ThisComputer),
            ("[::1]", ThisComputer),
            ("[::ffff:127.0.0.1]", ThisComputer),
            ("LocalHost", ThisComputer),
            ("localhost.", ThisComputer),
            ("paper.localhost", ThisComputer),
            ("10.0.0.8", LocalNetwork),
            ("172.31.0.1", LocalNetwork),
            ("192.168.1.1", LocalNetwork),
            ("169.254.169.254", LocalNetwork),
            ("100.64.0.1", LocalNetwork),
            ("100.128.0.1", Internet),
            ("[fd00::1]", LocalNetwork),
            ("[fe80::1]", LocalNetwork),
            ("[::ffff:192.168.1.1]", LocalNetwork),
            ("newsroom", LocalNetwork),
            ("printer.local", LocalNetwork),
        ] {
            assert_eq!(Reach::of(&Url::parse(&format!("http://{host}/")).unwrap()), reach, "{host}");
        }
    }

    #[test]
    fn what_is_not_asked() {
        for address in
            ["file:///etc/passwd", "ftp://a.example/", "data:text/html,a", "http://me:secret@a.example/"]
        {
            assert!(objection(&Url::parse(address).unwrap()).is_some(), "{address}");
        }
        let long = format!("http://a.example/{}", "a".repeat(LONGEST));
        assert!(objection(&Url::parse(&long).unwrap()).is_some());
        assert_eq!(objection(&Url::parse("https://a.example/?q=1").unwrap()), None);
    }
}
