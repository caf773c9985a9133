//! Listening: which addresses, what to say about them, and how to stop.

use super::announce::{Advertised, Start};
use super::connection::accept;
use super::guard::{Guard, Hosts, Key};
use super::tls::{Certificate, Tls, TlsError};
use super::{App, router};
use crate::knowledge::Knowledge;
use crate::store::Db;
use socket2::{Domain, Socket, Type};
use std::future::Future;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// Connections that the system keeps for us until they are accepted.
const BACKLOG: i32 = 1024;

/// Ports that are tried where any will do, until both kinds of addresses have the same.
const TRIES: usize = 20;

/// How long answers that are under way may take after the signal to stop.
const GRACE: Duration = Duration::from_secs(5);

/// What the server needs to know.
#[derive(Clone)]
pub struct WebConfig {
    /// The database that it shows.
    pub db: Db,
    /// Folder in which reviews made in the browser are kept.
    pub corrections: PathBuf,
    /// Names of actors, regions and victim groups.
    pub known: Arc<Knowledge>,
    /// TCP port; 0 for any that is free.
    pub port: u16,
    /// Whether other machines may connect; otherwise only this one.
    pub lan: bool,
    /// Without it nothing is shown; none where everybody may read.
    pub key: Option<Key>,
    /// Names that are answered besides this machine's own.
    pub allow_hosts: Vec<String>,
    /// With what to encrypt; none for plain HTTP.
    pub tls: Option<Certificate>,
    /// Whether to tell the local network the name `mali-timeline.local`.
    pub mdns: bool,
    /// Longest time that one look into the database may take.
    pub reading: Duration,
    /// Whether to open the start page in the user's browser.
    pub open: bool,
}

/// Why the server does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Somebody else listens there.
    #[error("port {0} is taken by another program: choose one with --port N, or --port 0 for any")]
    PortTaken(u16),
    /// Ports below 1024 are the system's on most machines.
    #[error("port {0} is not allowed for this user: choose one above 1023 with --port N")]
    PortForbidden(u16),
    /// Anything else.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The certificate cannot be had.
    #[error(transparent)]
    Tls(#[from] TlsError),
}

/// Serves until Ctrl-C or SIGTERM, and says on stdout where: one line for each address.
///
/// # Errors
/// When the port or the certificate cannot be had.
pub async fn serve(config: WebConfig) -> Result<(), ServeError> {
    let (listeners, port) = listen(config.port, config.lan)?;
    let addresses = reachable(&listeners, port);
    // Whoever lets others in, by the network or by a name of their own, does not let them write.
    let alone = !config.lan && config.allow_hosts.is_empty();
    let hosts = match config.lan {
        true => Hosts::network(gethostname::gethostname().to_str(), &config.allow_hosts),
        false => Hosts::local(&config.allow_hosts),
    };
    let certificate = config.tls.as_ref();
    let tls = certificate.map(|c| Tls::new(c, names(&hosts, &addresses))).transpose()?;
    let start = Start {
        addresses: &addresses,
        lan: config.lan,
        key: config.key.as_ref(),
        fingerprint: tls.as_ref().map(Tls::fingerprint),
    };
    start.say();
    if config.open
        && let Some(address) = addresses.first()
    {
        open(&start.link(address));
    }
    let _advertised =
        (config.lan && config.mdns).then(|| Advertised::start(&addresses, tls.is_some()));
    let mut guard = Guard::new(hosts, config.key, port);
    if tls.is_some() {
        guard = guard.encrypted();
    }
    let app = App::new(config.db, config.known).reading_for(config.reading);
    let app = app.correcting(&config.corrections).guarded(guard);
    let app = router(if alone { app.writable() } else { app });
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let server = accept(listeners, app, tls.as_ref().map(Tls::acceptor), stopped.clone());
    let mut patience = stopped;
    tokio::select! {
        () = server => Ok(()),
        () = async {
            asked_to_stop().await;
            tracing::info!("stopping");
            let _ = stop.send(true);
            std::future::pending().await
        } => Ok(()),
        () = async {
            let _ = patience.wait_for(|stop| *stop).await;
            tokio::time::sleep(GRACE).await;
        } => Ok(()),
    }
}

/// What a made certificate is for: all under which we can be reached and are answered.
fn names(hosts: &Hosts, addresses: &[SocketAddr]) -> Vec<String> {
    let names = hosts.names().filter(|name| name.is_ascii()).map(str::to_owned);
    names.chain(addresses.iter().map(|a| a.ip().to_string())).collect()
}

/// Listens for both kinds of addresses on one port: `localhost` may be either. A machine
/// without IPv6 is served by IPv4 alone.
fn listen(port: u16, lan: bool) -> Result<(Vec<TcpListener>, u16), ServeError> {
    let (v4, v6) = match lan {
        true => (Ipv4Addr::UNSPECIFIED, Ipv6Addr::UNSPECIFIED),
        false => (Ipv4Addr::LOCALHOST, Ipv6Addr::LOCALHOST),
    };
    let mut tries = if port == 0 { TRIES } else { 1 };
    loop {
        let (first, address) = bind((v4, port).into())?;
        tries -= 1;
        match bind((v6, address.port()).into()) {
            Ok((second, _)) => return Ok((vec![first, second], address.port())),
            // Were it left to others, they would be taken for us.
            Err(ServeError::PortTaken(_)) if tries > 0 => {}
            Err(error @ ServeError::PortTaken(_)) => return Err(error),
            Err(error) => {
                tracing::debug!("without IPv6: {error}");
                return Ok((vec![first], address.port()));
            }
        }
    }
}

fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), ServeError> {
    let bind = || {
        let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
        if address.is_ipv6() {
            // IPv4 has a listener of its own.
            socket.set_only_v6(true)?;
        }
        // A port that was just given up is free. (On Windows this would share it.)
        #[cfg(unix)]
        socket.set_reuse_address(true)?;
        socket.set_nonblocking(true)?;
        socket.bind(&address.into())?;
        socket.listen(BACKLOG)?;
        let listener = TcpListener::from_std(socket.into())?;
        let bound = listener.local_addr()?;
        Ok((listener, bound))
    };
    bind().map_err(|source: io::Error| match source.kind() {
        ErrorKind::AddrInUse => ServeError::PortTaken(address.port()),
        ErrorKind::PermissionDenied => ServeError::PortForbidden(address.port()),
        _ => ServeError::Listen { address, source },
    })
}

/// The addresses under which the listeners can be reached, this machine's own first, then
/// those of IPv4.
fn reachable(listeners: &[TcpListener], port: u16) -> Vec<SocketAddr> {
    let bound = listeners.iter().filter_map(|l| l.local_addr().ok()).map(|a| a.ip());
    let (all, mut ips): (Vec<IpAddr>, Vec<IpAddr>) = bound.partition(IpAddr::is_unspecified);
    for any in &all {
        ips.push(match any {
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    if !all.is_empty() {
        match if_addrs::get_if_addrs() {
            Ok(interfaces) => {
                let found = interfaces.iter().map(|i| i.ip()).filter(|ip| {
                    !ip.is_loopback()
                        && !is_link_local(ip)
                        && all.iter().any(|any| any.is_ipv4() == ip.is_ipv4())
                });
                let mut found: Vec<_> = found.collect();
                found.sort_by_key(IpAddr::is_ipv6);
                ips.extend(found);
            }
            Err(error) => tracing::warn!("the addresses of this machine are not known: {error}"),
        }
    }
    ips.into_iter().map(|ip| SocketAddr::new(ip, port)).collect()
}

/// Whether an address is only good together with the name of an interface, which no link can
/// have.
fn is_link_local(ip: &IpAddr) -> bool {
    matches!(ip, IpAddr::V6(ip) if ip.is_unicast_link_local())
}

async fn asked_to_stop() {
    let ctrl_c = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = ctrl_c => {}
        () = terminated() => {}
    }
}

#[cfg(unix)]
fn terminated() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    // Registered now, so that a signal during the start is not lost.
    let registered = signal(SignalKind::terminate());
    async {
        match registered {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    }
}

#[cfg(not(unix))]
fn terminated() -> impl Future<Output = ()> {
    std::future::pending()
}

/// Opens the user's browser; where there is none the printed address does.
fn open(url: &str) {
    let (program, args): (_, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = std::process::Command::new(program);
    command
        .args(args)
        .arg(url)
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null());
    if let Err(error) = command.spawn() {
        tracing::warn!("no browser could be opened ({program}: {error}); open {url} yourself");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn err_a_taken_port_is_named() {
        let (_first, port) = listen(0, false).unwrap();
        let error = listen(port, false).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "port {port} is taken by another program: choose one with --port N, or --port 0 for any"
            )
        );
    }

    #[tokio::test]
    async fn err_a_port_is_taken_where_only_its_ipv6_half_is() {
        let Ok((_other, address)) = bind((Ipv6Addr::LOCALHOST, 0).into()) else {
            eprintln!("this machine has no IPv6: nothing to test");
            return;
        };
        let error = listen(address.port(), false).map(|_| ()).unwrap_err();
        assert!(matches!(error, ServeError::PortTaken(port) if port == address.port()), "{error}");
    }

    #[tokio::test]
    async fn reachable_addresses_start_with_this_machine() {
        let (listeners, port) = listen(0, true).unwrap();
        let all = reachable(&listeners, port);
        assert_eq!(all[0], SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
        assert!(all.iter().all(|a| !a.ip().is_unspecified() && a.port() == port));
        assert!(all.iter().all(|a| !is_link_local(&a.ip())));
        let own = all.iter().take_while(|a| a.ip().is_loopback()).count();
        assert_eq!(own, listeners.len());
        assert!(all[own..].is_sorted_by_key(|a| a.is_ipv6()), "{all:?}");
    }
}
