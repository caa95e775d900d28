//! The certificate of the simulator: an authority of its own, made at start, and a certificate for this machine's names.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// The names under which this machine calls itself.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// What TLS needs.
pub(super) struct Certificate {
    pub(super) acceptor: TlsAcceptor,
    /// The authority, for clients to trust.
    pub(super) authority_pem: String,
}

/// The certificate could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// It could not be signed, or a name is no name.
    #[error("the certificate of the simulator could not be made")]
    Made(#[from] rcgen::Error),
    /// TLS does not take it.
    #[error("the certificate of the simulator could not be used")]
    Used(#[from] tokio_rustls::rustls::Error),
}

impl Certificate {
    /// Makes an authority and a certificate for this machine and `names`, good for about a year.
    pub(super) fn make(names: &[String], now: Timestamp) -> Result<Self, CertificateError> {
        let authority_key = KeyPair::generate()?;
        let authority = authority(now);
        let authority_pem = authority.self_signed(&authority_key)?.pem();
        let issuer = Issuer::new(authority, authority_key);

        let all: Vec<String> =
            NAMES.iter().map(|name| (*name).to_owned()).chain(names.iter().cloned()).collect();
        let mut params = CertificateParams::new(all)?;
        valid_for_a_year(&mut params, now);
        params.distinguished_name.push(DnType::CommonName, "Amazon Pay simulator");
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &issuer)?;

        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { acceptor: TlsAcceptor::from(Arc::new(config)), authority_pem })
    }
}

fn authority(now: Timestamp) -> CertificateParams {
    let mut params = CertificateParams::default();
    valid_for_a_year(&mut params, now);
    params.distinguished_name.push(DnType::CommonName, "Amazon Pay simulator, own authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

/// From the first of the last month to the first of this month next year: days that exist in every year.
fn valid_for_a_year(params: &mut CertificateParams, now: Timestamp) {
    let today = now.to_zoned(TimeZone::UTC).date();
    let year = i32::from(today.year());
    let month = u8::try_from(today.month()).unwrap_or(1);
    // A clock a few hours off must not make it invalid: it begins with the month before.
    params.not_before =
        if month == 1 { date_time_ymd(year - 1, 12, 1) } else { date_time_ymd(year, month - 1, 1) };
    params.not_after = date_time_ymd(year + 1, month, 1);
}
