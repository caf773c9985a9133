//! What is said at the start: addresses on standard output, one line each, for people and
//! scripts; the key, links with it, a picture of the link and warnings on standard error.

use super::guard::{Key, MDNS_NAME};
use super::urls::with_pairs;
use mdns_sd::{ServiceDaemon, ServiceInfo};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use std::io::{self, IsTerminal, Write};
use std::net::SocketAddr;
use std::time::Duration;

/// Kinds of service, as they are named on a local network.
const HTTP: &str = "_http._tcp.local.";
const HTTPS: &str = "_https._tcp.local.";

/// What a run says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Start<'a> {
    /// Where it is reached, this machine's own addresses first.
    pub addresses: &'a [SocketAddr],
    /// Whether other machines may connect.
    pub lan: bool,
    /// What it takes to read.
    pub key: Option<&'a Key>,
    /// SHA-256 of the certificate, where answers are encrypted.
    pub fingerprint: Option<&'a str>,
}

impl Start<'_> {
    /// The start page at an address, with the key if there is one.
    pub fn link(&self, address: &SocketAddr) -> String {
        let page = format!("{}://{address}/", self.scheme());
        with_pairs(&page, self.key.map(|key| ("key", key.secret())))
    }

    fn scheme(&self) -> &'static str {
        if self.fingerprint.is_some() { "https" } else { "http" }
    }

    /// Prints the addresses and links. A closed output is no reason not to serve.
    pub fn say(&self) {
        // In one piece: whoever has read the first line can have the others.
        let line = |a| format!("listening on {}://{a}\n", self.scheme());
        let lines: String = self.addresses.iter().map(line).collect();
        let mut out = io::stdout().lock();
        let _ = out.write_all(lines.as_bytes()).and_then(|()| out.flush());
        let mut err = io::stderr().lock();
        let _ = self.say_more(&mut err);
        if self.lan
            && io::stderr().is_terminal()
            && let Some(picture) = self.for_a_phone().and_then(|a| picture(&self.link(a)))
        {
            for line in picture.lines() {
                // White on black, whatever the colours of the terminal are.
                let _ = writeln!(err, "\u{1b}[97;40m{line}\u{1b}[0m");
            }
        }
    }

    fn say_more(&self, err: &mut impl Write) -> io::Result<()> {
        if let Some(fingerprint) = self.fingerprint {
            writeln!(err, "certificate SHA-256 {fingerprint}")?;
            writeln!(err, "before you go on past the browser's warning, compare it with this")?;
        }
        if let Some(key) = self.key {
            writeln!(err, "key {}", key.secret())?;
            for address in self.addresses {
                writeln!(err, "link with the key {}", self.link(address))?;
            }
            if key.is_short() {
                writeln!(err, "WARNING: this key is short and may be guessed")?;
            }
        } else if self.lan {
            writeln!(
                err,
                "WARNING: --open-lan: everyone on this network can read everything in this database"
            )?;
        }
        Ok(())
    }

    /// An address of use to another machine.
    fn for_a_phone(&self) -> Option<&SocketAddr> {
        self.addresses.iter().find(|a| !a.ip().is_loopback())
    }
}

/// A link as a picture of half blocks, for the camera of a phone.
fn picture(link: &str) -> Option<String> {
    let code = QrCode::new(link).ok()?;
    let (dark, light) = (Dense1x2::Light, Dense1x2::Dark);
    Some(code.render::<Dense1x2>().dark_color(dark).light_color(light).quiet_zone(true).build())
}

/// Tells the local network the name of this machine's timeline, until it is dropped.
pub struct Advertised {
    daemon: ServiceDaemon,
    name: String,
}

impl Advertised {
    /// Advertises `mali-timeline.local`; none, with a line in the log, where that fails.
    pub fn start(addresses: &[SocketAddr], encrypted: bool) -> Option<Self> {
        let beyond: Vec<_> = addresses.iter().filter(|a| !a.ip().is_loopback()).copied().collect();
        // Without a network there is nobody to tell.
        beyond.first()?;
        let all = || ServiceDaemon::new();
        match Self::with(all, &beyond, if encrypted { HTTPS } else { HTTP }) {
            Ok(advertised) => Some(advertised),
            Err(error) => {
                tracing::warn!("{MDNS_NAME} is not advertised: {error}");
                None
            }
        }
    }

    fn with(
        daemon: impl FnOnce() -> mdns_sd::Result<ServiceDaemon>,
        addresses: &[SocketAddr],
        kind: &str,
    ) -> mdns_sd::Result<Self> {
        let daemon = daemon()?;
        let ips: Vec<_> = addresses.iter().map(SocketAddr::ip).collect();
        let port = addresses.first().map_or(0, SocketAddr::port);
        let host = format!("{MDNS_NAME}.");
        let path = [("path", "/")];
        let service =
            ServiceInfo::new(kind, "mali-timeline", &host, ips.as_slice(), port, &path[..])?;
        let name = service.get_fullname().to_owned();
        daemon.register(service)?;
        Ok(Self { daemon, name })
    }
}

/// Takes the name back, so that others do not keep it for an hour.
impl Drop for Advertised {
    fn drop(&mut self) {
        if let Ok(done) = self.daemon.unregister(&self.name) {
            let _ = done.recv_timeout(Duration::from_millis(500));
        }
        let _ = self.daemon.shutdown();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mdns_sd::{HostnameResolutionEvent, IfKind};

    #[test]
    fn a_link_carries_the_key_once() {
        let key = Key::given("a b&c").unwrap();
        let address = "127.0.0.1:7400".parse().unwrap();
        let open = Start { addresses: &[address], lan: false, key: None, fingerprint: None };
        assert_eq!(open.link(&address), "http://127.0.0.1:7400/");
        let start = Start { key: Some(&key), ..open };
        assert_eq!(start.link(&address), "http://127.0.0.1:7400/?key=a+b%26c");
        let start = Start { fingerprint: Some("AB"), ..start };
        let other = "[::1]:7400".parse().unwrap();
        assert_eq!(start.link(&other), "https://[::1]:7400/?key=a+b%26c");
    }

    #[test]
    fn a_picture_is_a_square_of_half_blocks() {
        let picture = picture("http://192.168.1.5:7400/?key=abcd").unwrap();
        let widths: Vec<_> = picture.lines().map(|l| l.chars().count()).collect();
        assert!(widths.len() > 14 && widths.iter().all(|w| *w == widths[0]), "{picture}");
        assert!(widths[0].abs_diff(2 * widths.len()) <= 1, "{picture}");
    }

    /// Speaks on the loopback interface alone.
    fn loopback() -> mdns_sd::Result<ServiceDaemon> {
        let daemon = ServiceDaemon::new()?;
        daemon.disable_interface(IfKind::All)?;
        daemon.enable_interface(IfKind::LoopbackV4)?;
        Ok(daemon)
    }

    #[test]
    fn the_name_leads_to_the_address_until_it_is_taken_back() {
        let address = SocketAddr::from(([127, 0, 0, 1], 7400));
        let advertised = Advertised::with(loopback, &[address], HTTP).unwrap();
        let other = loopback().unwrap();
        let found = other.resolve_hostname(&format!("{MDNS_NAME}."), Some(20_000)).unwrap();
        let ips = found.iter().find_map(|event| match event {
            HostnameResolutionEvent::AddressesFound(_, ips) => Some(ips),
            HostnameResolutionEvent::SearchTimeout(_) => panic!("nobody has the name"),
            _ => None,
        });
        let ips: Vec<_> = ips.unwrap().iter().map(|ip| ip.to_ip_addr()).collect();
        assert_eq!(ips, [address.ip()]);
        drop(advertised);
        other.shutdown().unwrap();
    }
}
