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

/// Kind of service, as it is named on a local network.
const SERVICE: &str = "_http._tcp.local.";

/// The start page at an address, with the key if there is one.
pub fn link(address: &str, key: Option<&Key>) -> String {
    with_pairs(&format!("http://{address}/"), key.map(|key| ("key", key.secret())))
}

/// Prints the addresses and links. A closed output is no reason not to serve.
pub fn say(addresses: &[SocketAddr], lan: bool, key: Option<&Key>) {
    // In one piece: whoever has read the first line can have the others.
    let lines: String = addresses.iter().map(|a| format!("listening on http://{a}\n")).collect();
    let mut out = io::stdout().lock();
    let _ = out.write_all(lines.as_bytes()).and_then(|()| out.flush());
    let mut err = io::stderr().lock();
    if let Some(key) = key {
        let _ = writeln!(err, "key {}", key.secret());
        for address in addresses {
            let _ = writeln!(err, "link with the key {}", link(&address.to_string(), Some(key)));
        }
        if key.is_short() {
            let _ = writeln!(err, "WARNING: this key is short and may be guessed");
        }
    } else if lan {
        let _ = writeln!(
            err,
            "WARNING: --open-lan: everyone on this network can read everything in this database"
        );
    }
    if lan && io::stderr().is_terminal() {
        // The first is this machine's own, of no use to a phone.
        if let Some(picture) = addresses.get(1).and_then(|a| picture(&link(&a.to_string(), key))) {
            for line in picture.lines() {
                // White on black, whatever the colours of the terminal are.
                let _ = writeln!(err, "\u{1b}[97;40m{line}\u{1b}[0m");
            }
        }
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
    pub fn start(addresses: &[SocketAddr]) -> Option<Self> {
        let beyond: Vec<_> = addresses.iter().filter(|a| !a.ip().is_loopback()).copied().collect();
        // Without a network there is nobody to tell.
        beyond.first()?;
        let all = || ServiceDaemon::new();
        match Self::with(all, &beyond) {
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
    ) -> mdns_sd::Result<Self> {
        let daemon = daemon()?;
        let ips: Vec<_> = addresses.iter().map(SocketAddr::ip).collect();
        let port = addresses.first().map_or(0, SocketAddr::port);
        let host = format!("{MDNS_NAME}.");
        let path = [("path", "/")];
        let service =
            ServiceInfo::new(SERVICE, "mali-timeline", &host, ips.as_slice(), port, &path[..])?;
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
        assert_eq!(link("127.0.0.1:7400", Some(&key)), "http://127.0.0.1:7400/?key=a+b%26c");
        assert_eq!(link("127.0.0.1:7400", None), "http://127.0.0.1:7400/");
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
        let advertised = Advertised::with(loopback, &[address]).unwrap();
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
