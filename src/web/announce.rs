//! What is said at the start: addresses on standard output, one line each, for people and
//! scripts; the key, links with it, a picture of the link and warnings on standard error.

use super::guard::{Key, MDNS_NAME};
use super::urls::with_pairs;
use mdns_sd::{ServiceDaemon, ServiceInfo};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use std::io::{self, IsTerminal, Write};
use std::net::SocketAddr;

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
            let _ = writeln!(err, "{picture}");
        }
    }
}

/// A link as a picture of half blocks, for the camera of a phone.
fn picture(link: &str) -> Option<String> {
    let code = QrCode::new(link).ok()?;
    // Dark on light, whatever the colours of the terminal are.
    let (dark, light) = (Dense1x2::Light, Dense1x2::Dark);
    Some(code.render::<Dense1x2>().dark_color(dark).light_color(light).quiet_zone(true).build())
}

/// Tells the local network the name of this machine's timeline, until it is dropped.
pub struct Advertised(ServiceDaemon);

impl Advertised {
    /// Advertises `mali-timeline.local`; none, with a line in the log, where that fails.
    pub fn start(addresses: &[SocketAddr]) -> Option<Self> {
        let port = addresses.first()?.port();
        let ips: Vec<_> = addresses.iter().map(|a| a.ip()).filter(|ip| !ip.is_loopback()).collect();
        let advertise = || {
            let daemon = ServiceDaemon::new()?;
            let host = format!("{MDNS_NAME}.");
            let service = ServiceInfo::new(
                SERVICE,
                "mali-timeline",
                &host,
                ips.as_slice(),
                port,
                [("path", "/")].as_slice(),
            )?;
            daemon.register(service)?;
            Ok::<_, mdns_sd::Error>(daemon)
        };
        match advertise() {
            Ok(daemon) => Some(Self(daemon)),
            Err(error) => {
                tracing::warn!("{MDNS_NAME} is not advertised: {error}");
                None
            }
        }
    }
}

impl Drop for Advertised {
    fn drop(&mut self) {
        let _ = self.0.shutdown();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
