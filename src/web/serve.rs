//! Listening: which addresses, what to say about them, and how to stop.

use super::announce::{Advertised, link, say};
use super::connection::accept;
use super::guard::{Guard, Hosts, Key};
use super::{App, router};
use crate::knowledge::Knowledge;
use crate::store::Db;
use std::future::Future;
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long answers that are under way may take after the signal to stop.
const GRACE: Duration = Duration::from_secs(5);

/// What the server needs to know.
#[derive(Clone)]
pub struct WebConfig {
    /// The database that it shows.
    pub db: Db,
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
    /// Whether to tell the local network the name `mali-timeline.local`.
    pub mdns: bool,
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
    /// Accepting connections failed.
    #[error("the server stopped: {0}")]
    Stopped(std::io::Error),
}

/// Serves until Ctrl-C or SIGTERM, and says on stdout where: one line for each address.
///
/// # Errors
/// When the port cannot be had.
pub async fn serve(config: WebConfig) -> Result<(), ServeError> {
    let listener = listen(config.port, config.lan).await?;
    let bound = listener.local_addr().map_err(ServeError::Stopped)?;
    let addresses = reachable(bound);
    say(&addresses, config.lan, config.key.as_ref());
    if config.open
        && let Some(address) = addresses.first()
    {
        open(&link(&address.to_string(), config.key.as_ref()));
    }
    let _advertised = (config.lan && config.mdns).then(|| Advertised::start(&addresses));
    // Whoever lets others in, by the network or by a name of their own, does not let them write.
    let alone = !config.lan && config.allow_hosts.is_empty();
    let hosts = match config.lan {
        true => Hosts::network(gethostname::gethostname().to_str(), &config.allow_hosts),
        false => Hosts::local(&config.allow_hosts),
    };
    let guard = Guard::new(hosts, config.key, bound.port());
    let app = App::new(config.db, config.known).guarded(guard);
    let app = router(if alone { app.writable() } else { app });
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let server = accept(listener, app, stopped.clone());
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

async fn listen(port: u16, lan: bool) -> Result<TcpListener, ServeError> {
    let ip = if lan { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
    let address = SocketAddr::from((ip, port));
    TcpListener::bind(address).await.map_err(|source| match source.kind() {
        ErrorKind::AddrInUse => ServeError::PortTaken(port),
        ErrorKind::PermissionDenied => ServeError::PortForbidden(port),
        _ => ServeError::Listen { address, source },
    })
}

/// The addresses under which a listener can be reached, this machine's own first.
fn reachable(bound: SocketAddr) -> Vec<SocketAddr> {
    if !bound.ip().is_unspecified() {
        return vec![bound];
    }
    let mut ips = vec![IpAddr::V4(Ipv4Addr::LOCALHOST)];
    match if_addrs::get_if_addrs() {
        Ok(interfaces) => {
            let all = interfaces.iter().map(|i| i.ip());
            ips.extend(all.filter(|ip| ip.is_ipv4() && !ip.is_loopback()));
        }
        Err(error) => tracing::warn!("the addresses of this machine are not known: {error}"),
    }
    ips.into_iter().map(|ip| SocketAddr::new(ip, bound.port())).collect()
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
        let first = listen(0, false).await.unwrap();
        let port = first.local_addr().unwrap().port();
        let error = listen(port, false).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "port {port} is taken by another program: choose one with --port N, or --port 0 for any"
            )
        );
    }

    #[tokio::test]
    async fn reachable_addresses_start_with_this_machine() {
        let listener = listen(0, true).await.unwrap();
        let bound = listener.local_addr().unwrap();
        let all = reachable(bound);
        assert_eq!(all[0], SocketAddr::from((Ipv4Addr::LOCALHOST, bound.port())));
        assert!(all.iter().all(|a| !a.ip().is_unspecified()));
    }
}
