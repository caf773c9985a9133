//! Encryption: a certificate that is made for this run, or one from files.

use crate::model::hash::sha256;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use rcgen::{
    CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, KeyPair, date_time_ymd,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{self, ServerConfig};

/// Days for which a made certificate holds: the most that browsers accept of any.
const DAYS: i64 = 397;

/// Where the certificate is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Certificate {
    /// Made for this run, with a new key that is never written anywhere.
    Made,
    /// Given.
    Files {
        /// The certificate and those that vouch for it (PEM).
        chain: PathBuf,
        /// Its private key (PEM: PKCS #8, PKCS #1 or SEC 1).
        key: PathBuf,
    },
}

/// Why nothing can be encrypted.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file that cannot be read or has nothing of the kind in it.
    #[error("{}: expected {expected}, found {found}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What should be in it.
        expected: &'static str,
        /// What is the matter with it.
        found: String,
    },
    /// Certificate and key do not fit, or are of a kind that is not supported.
    #[error("{}: this certificate cannot be used with its key: {source}", path.display())]
    Unusable {
        /// The file of the certificate.
        path: PathBuf,
        /// What is the matter.
        source: rustls::Error,
    },
    /// No certificate could be made.
    #[error("no certificate could be made: {0}")]
    Made(String),
}

/// How to encrypt.
#[derive(Clone)]
pub struct Tls {
    acceptor: TlsAcceptor,
    fingerprint: String,
}

impl Tls {
    /// With a certificate; `names` are the names and addresses that a made one is for.
    ///
    /// # Errors
    /// When files cannot be read or used, or the system has no random numbers.
    pub fn new(certificate: &Certificate, names: Vec<String>) -> Result<Self, TlsError> {
        let (chain, key, path) = match certificate {
            Certificate::Made => {
                let made = |e: rcgen::Error| TlsError::Made(e.to_string());
                let (chain, key) = make(names, Timestamp::now()).map_err(made)?;
                (vec![chain], key, Path::new("a made certificate"))
            }
            Certificate::Files { chain, key } => (read_chain(chain)?, read_key(key)?, &**chain),
        };
        let unusable = |source| TlsError::Unusable { path: path.to_owned(), source };
        let fingerprint = fingerprint(&chain[0]);
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(unusable)?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(unusable)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { acceptor: TlsAcceptor::from(Arc::new(config)), fingerprint })
    }

    /// What turns a connection into an encrypted one.
    pub fn acceptor(&self) -> TlsAcceptor {
        self.acceptor.clone()
    }

    /// SHA-256 of the certificate, as browsers show it: `AB:CD:…`.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}

fn fingerprint(certificate: &CertificateDer) -> String {
    let digits: Vec<char> = sha256(certificate).to_ascii_uppercase().chars().collect();
    digits.chunks(2).map(String::from_iter).collect::<Vec<_>>().join(":")
}

/// A certificate that vouches for itself, from the day before `now`: clocks differ.
fn make(
    names: Vec<String>,
    now: Timestamp,
) -> Result<(CertificateDer<'static>, PrivateKeyDer<'static>), rcgen::Error> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "mali-timeline");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let time =
        |d: Date| date_time_ymd(d.year().into(), d.month().unsigned_abs(), d.day().unsigned_abs());
    params.not_before = time(today.saturating_sub(1.day()));
    params.not_after = time(today.saturating_add((DAYS - 1).days()));
    let certificate = params.self_signed(&key)?;
    let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    Ok((certificate.der().clone(), key))
}

fn read_chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let expected = "a certificate (PEM)";
    let read = || CertificateDer::pem_file_iter(path)?.collect::<Result<Vec<_>, _>>();
    match read() {
        Ok(chain) if chain.is_empty() => Err(bad(path, expected, pem::Error::NoItemsFound)),
        Ok(chain) => Ok(chain),
        Err(error) => Err(bad(path, expected, error)),
    }
}

fn read_key(path: &Path) -> Result<PrivateKeyDer<'static>, TlsError> {
    PrivateKeyDer::from_pem_file(path)
        .map_err(|error| bad(path, "a private key without a password (PEM)", error))
}

fn bad(path: &Path, expected: &'static str, error: pem::Error) -> TlsError {
    let found = match error {
        pem::Error::NoItemsFound => "none".to_owned(),
        pem::Error::Io(error) => error.to_string(),
        _ => "damaged PEM".to_owned(),
    };
    TlsError::File { path: path.to_owned(), expected, found }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(chain: &str, key: &str) -> Result<Tls, TlsError> {
        let folder = tempfile::tempdir().unwrap();
        let (chain_file, key_file) = (folder.path().join("c.pem"), folder.path().join("k.pem"));
        std::fs::write(&chain_file, chain).unwrap();
        std::fs::write(&key_file, key).unwrap();
        Tls::new(&Certificate::Files { chain: chain_file, key: key_file }, Vec::new())
    }

    /// What is wrong, without the folder.
    fn wrong(chain: &str, key: &str) -> String {
        let text = files(chain, key).map(|_| ()).unwrap_err().to_string();
        text.rsplit('/').next().unwrap().to_owned()
    }

    fn pem() -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        (params.self_signed(&key).unwrap().pem(), key.serialize_pem())
    }

    #[test]
    fn a_made_certificate_is_new_each_time_and_holds_for_a_year() {
        let names = || vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
        let one = Tls::new(&Certificate::Made, names()).unwrap();
        let other = Tls::new(&Certificate::Made, names()).unwrap();
        assert_ne!(one.fingerprint(), other.fingerprint());
        assert_eq!(one.fingerprint().len(), 32 * 3 - 1);
        let (certificate, _) = make(names(), "2025-03-01T12:00:00Z".parse().unwrap()).unwrap();
        let holds = |text: &[u8]| certificate.windows(text.len()).any(|w| w == text);
        assert!(holds(b"250228000000Z") && holds(b"260401000000Z"), "{certificate:?}");
        assert!(holds(b"localhost") && holds(&[127, 0, 0, 1]));
    }

    #[test]
    fn files_are_taken_as_they_are() {
        let (chain, key) = pem();
        let tls = files(&chain, &key).unwrap();
        let der = CertificateDer::from_pem_slice(chain.as_bytes()).unwrap();
        assert_eq!(tls.fingerprint().replace(':', "").to_lowercase(), sha256(&der));
    }

    #[test]
    fn err_what_is_wrong_with_files_is_said() {
        let (chain, key) = pem();
        let (other, _) = pem();
        for (chain, key, text) in [
            ("", &*key, "c.pem: expected a certificate (PEM), found none"),
            (&*key, &*key, "c.pem: expected a certificate (PEM), found none"),
            (&chain[..80], &*key, "c.pem: expected a certificate (PEM), found damaged PEM"),
            (
                &*chain,
                &*chain,
                "k.pem: expected a private key without a password (PEM), found none",
            ),
        ] {
            assert_eq!(wrong(chain, key), text);
        }
        let unfit = wrong(&other, &key);
        assert!(
            unfit.starts_with("c.pem: this certificate cannot be used with its key: "),
            "{unfit}"
        );
        let nowhere = Certificate::Files { chain: "no/such".into(), key: "no/such".into() };
        let error = Tls::new(&nowhere, Vec::new()).map(|_| ()).unwrap_err().to_string();
        assert!(
            error.starts_with("no/such: expected a certificate (PEM), found No such file"),
            "{error}"
        );
    }
}
