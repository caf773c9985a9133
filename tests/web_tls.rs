//! Encryption, with the real binary and a client that trusts nothing but the fingerprint that
//! was printed.

mod running;

use mali_timeline::model::hash::sha256;
use rcgen::{CertificateParams, KeyPair};
use running::{Answer, Running, rest, start, start_in};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::crypto::{
    CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature,
};
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{
    ClientConfig, ClientConnection, DigitallySignedStruct, Error, SignatureScheme, StreamOwned,
};

/// Takes the certificate of this fingerprint and no other.
#[derive(Debug)]
struct Pinned {
    fingerprint: String,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer,
        _: &[CertificateDer],
        _: &ServerName,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match sha256(certificate) == self.fingerprint {
            true => Ok(ServerCertVerified::assertion()),
            false => Err(Error::General("another certificate".to_owned())),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

type Encrypted = StreamOwned<ClientConnection, TcpStream>;

/// The fingerprint that it printed, as plain hex.
fn printed(running: &Running) -> String {
    let line = running.said.lines().find_map(|l| l.strip_prefix("certificate SHA-256 "));
    line.expect(&running.said).replace(':', "").to_lowercase()
}

fn connect(address: SocketAddr, fingerprint: &str) -> Encrypted {
    let provider = Arc::new(ring::default_provider());
    let pinned = Pinned { fingerprint: fingerprint.to_owned(), provider: provider.clone() };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(pinned))
        .with_no_client_auth();
    let name = ServerName::from(address.ip());
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
    StreamOwned::new(ClientConnection::new(Arc::new(config), name).unwrap(), stream)
}

/// Asks over an encrypted connection; the status is 0 where there is none.
fn ask(running: &Running, address: SocketAddr, request: &str, more: &str) -> Answer {
    let mut stream = connect(address, &printed(running));
    let text = format!("{request} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{more}\r\n");
    let _ = stream.write_all(text.as_bytes());
    rest(stream)
}

#[test]
fn each_printed_link_opens_it_over_an_encrypted_connection() {
    let running = start(&["--lan", "--tls"]);
    let links: Vec<_> =
        running.said.lines().filter_map(|l| l.strip_prefix("link with the key https://")).collect();
    assert_eq!(links.len(), running.addresses.len(), "{}", running.said);
    for (address, link) in running.addresses.iter().zip(links) {
        let path = link.strip_prefix(&address.to_string()).expect("a link to the same address");
        assert_eq!(ask(&running, *address, "GET /", "").status, 401, "{address}");
        let answer = ask(&running, *address, &format!("GET {path}"), "");
        assert_eq!((answer.status, answer.header("location")), (303, Some("/")), "{address}");
        let cookie = answer.header("set-cookie").unwrap();
        assert!(cookie.ends_with("; HttpOnly; SameSite=Strict; Secure"), "{cookie}");
        let cookie = format!("Cookie: {}\r\n", answer.cookie());
        let page = ask(&running, *address, "GET /", &cookie);
        assert_eq!(page.status, 200, "{address}");
    }
}

#[test]
fn the_form_is_taken_from_a_page_that_was_encrypted_too() {
    let running = start(&["--tls", "--token", "open sesame 7"]);
    let type_key = |origin: &str| {
        let headers = format!(
            "Origin: {origin}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: 17\r\n"
        );
        let mut stream = connect(running.local(), &printed(&running));
        write!(
            stream,
            "POST /key HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{headers}\r\nkey=open+sesame+7",
            running.local()
        )
        .unwrap();
        rest(stream).status
    };
    assert_eq!(type_key(&format!("https://{}", running.local())), 303);
    assert_eq!(type_key(&format!("http://{}", running.local())), 403);
    assert_eq!(type_key("https://evil.example"), 403);
}

#[test]
fn err_whoever_does_not_encrypt_is_told_and_gets_nothing() {
    let running = start(&["--tls"]);
    for request in [
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /?key=x HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let answer = running.raw(request.as_bytes());
        assert_eq!(answer.status, 400, "{request}");
        assert!(answer.body.contains("https://") && answer.header("location").is_none());
        assert!(!answer.body.contains("<html"), "{}", answer.body);
    }
    // Nor does a broken handshake end it.
    running.raw(b"\x16\x03\x01\x00\x05hello");
    running.raw(&[0x16; 4096]);
    assert_eq!(ask(&running, running.local(), "GET /", "").status, 200);
}

#[test]
fn a_certificate_of_files_is_used_and_a_wrong_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let key = KeyPair::generate().unwrap();
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let certificate = CertificateParams::new(names).unwrap().self_signed(&key).unwrap();
    std::fs::write(folder.path().join("c.pem"), certificate.pem()).unwrap();
    std::fs::write(folder.path().join("k.pem"), key.serialize_pem()).unwrap();
    let running = start_in(folder, &["--tls-cert", "c.pem", "--tls-key", "k.pem"]);
    assert_eq!(printed(&running), sha256(certificate.der()));
    assert_eq!(ask(&running, running.local(), "GET /", "").status, 200);
    let mut other = connect(running.local(), &sha256("another"));
    assert!(other.write_all(b"GET / HTTP/1.1\r\n\r\n").is_err(), "this client is no fool");

    for (args, code, text) in [
        (&["--tls-cert", "c.pem"][..], 2, "--tls-key"),
        (&["--tls-cert", "k.pem", "--tls-key", "k.pem"], 1, "k.pem: expected a certificate"),
        (&["--tls-cert", "c.pem", "--tls-key", "c.pem"], 1, "c.pem: expected a private key"),
        (&["--tls-cert", "c.pem", "--tls-key", "none"], 1, "none: expected a private key"),
    ] {
        let mut serve = running.command(&["serve", "--port", "0"]);
        let output = serve.args(args).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
        assert!(said.contains(text), "{args:?}: {said}");
    }
}

#[test]
fn those_who_are_slow_to_encrypt_or_to_ask_hold_nobody_up() {
    let running = start(&["--tls"]);
    // More than there is room for: some say nothing, some begin a handshake, some have made one
    // and begin a request.
    let mut silent: Vec<_> = (0..300).map(|_| running.connect()).collect();
    for (i, stream) in silent.iter_mut().enumerate() {
        if i % 2 == 0 {
            let _ = stream.write_all(b"\x16\x03\x01\x02\x00\x01");
        }
    }
    let mut begun: Vec<_> = (0..300)
        .map(|_| {
            let mut stream = connect(running.local(), &printed(&running));
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n");
            stream
        })
        .collect();
    let asked = Instant::now();
    assert_eq!(ask(&running, running.local(), "GET /", "").status, 200);
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
    // All are let go: those who were too many at once, the others in their time.
    for stream in &mut silent {
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
    }
    let last = begun.pop().expect("one");
    assert_eq!(rest(last).status, 408, "the last one was told why");
    for stream in begun {
        assert!(matches!(rest(stream).status, 0 | 408));
    }
    assert!(asked.elapsed() < Duration::from_secs(30), "{:?}", asked.elapsed());
}
