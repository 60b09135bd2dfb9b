//! What TLS trusts and shows.

#[cfg(feature = "hyper")]
use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
#[cfg(feature = "hyper")]
use rustls_platform_verifier::Verifier;

#[cfg(feature = "hyper")]
use super::TransportOptions;
#[cfg(feature = "hyper")]
use crate::error::BoxError;
use crate::error::{Error, ErrorKind};
use crate::secret::Secret;

/// Makes what TLS needs: the platform's roots and those that were given, and the client's certificate if there is one.
#[cfg(feature = "hyper")]
pub(super) fn config(options: &TransportOptions) -> Result<rustls::ClientConfig, Error> {
    let mut roots = Vec::new();
    for pem in &options.roots {
        roots.extend(certificates(pem, "a root certificate")?);
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = match roots.is_empty() {
        true => Verifier::new(provider.clone()),
        false => Verifier::new_with_extra_roots(roots, provider.clone()),
    };
    let versions =
        rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let verifier = Arc::new(verifier.map_err(refused)?);
    let config = versions.map_err(refused)?.dangerous().with_custom_certificate_verifier(verifier);
    match &options.client_certificate {
        None => Ok(config.with_no_client_auth()),
        Some(pem) => {
            let (chain, key) = client_certificate(pem)?;
            config.with_client_auth_cert(chain, key).map_err(refused)
        }
    }
}

/// Reads a client's certificate, its chain and its private key, and checks that they belong together. No text of the PEM is in
/// the errors.
pub(super) fn client_certificate(
    pem: &Secret,
) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), Error> {
    let pem = pem.expose().as_bytes();
    let chain = certificates(pem, "the client certificate")?;
    let key = PrivateKeyDer::from_pem_slice(pem).map_err(|_| {
        Error::new(ErrorKind::Configuration, "the client certificate's PEM holds no valid private key")
    })?;
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    match CertifiedKey::from_der(chain.clone(), key.clone_key(), &provider) {
        Ok(_) => Ok((chain, key)),
        Err(error) => {
            let why = "the client certificate and its private key do not belong together";
            Err(Error::new(ErrorKind::Configuration, why).with_source(error))
        }
    }
}

/// The certificates of a PEM.
fn certificates(pem: &[u8], what: &str) -> Result<Vec<CertificateDer<'static>>, Error> {
    let read = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>();
    let found = read.map_err(|_| Error::new(ErrorKind::Configuration, format!("{what} is not valid PEM")))?;
    if found.is_empty() {
        return Err(Error::new(ErrorKind::Configuration, format!("{what}'s PEM holds no certificate")));
    }
    Ok(found)
}

#[cfg(feature = "hyper")]
fn refused(error: impl Into<BoxError>) -> Error {
    Error::new(ErrorKind::Configuration, "the transport cannot be built").with_source(error)
}
