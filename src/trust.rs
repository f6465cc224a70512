//! TLS: whom we trust when we connect to a server, and reading certificates and keys from PEM files.

use crate::domain::Fault;
use hyper_rustls::ConfigBuilderExt;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{ClientConfig, RootCertStore};
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// The certificates that the machine trusts take a moment to read and some hundred kilobytes to keep: once is enough.
static MACHINE: OnceLock<ClientConfig> = OnceLock::new();

/// Trusts the authorities of a file and no others; without one, those that the machine trusts.
pub fn authorities(ca_file: Option<&Path>) -> Result<ClientConfig, Fault> {
    let Some(file) = ca_file else { return trusting_the_machine() };
    let mut roots = RootCertStore::empty();
    for certificate in certificates(file)? {
        roots.add(certificate).map_err(|_| unusable(file, "a certificate that cannot be trusted as an authority"))?;
    }
    trusting(roots)
}

/// Trusts nobody: for an address that needs no TLS.
pub fn nobody() -> Result<ClientConfig, Fault> {
    trusting(RootCertStore::empty())
}

/// The same, and shows the server a certificate of our own.
pub fn shows(mut config: ClientConfig, certificate: &Path, key: &Path) -> Result<ClientConfig, Fault> {
    let (chain, private_key) = (certificates(certificate)?, private_key(key)?);
    let certified = CertifiedKey::from_der(chain, private_key, config.crypto_provider());
    let certified = certified.map_err(|error| unusable(key, error).within("the certificate that we show"))?;
    config.client_auth_cert_resolver = Arc::new(SingleCertAndKey::from(certified));
    Ok(config)
}

fn builder() -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, Fault> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().map_err(Fault::lasting)
}

fn trusting(roots: RootCertStore) -> Result<ClientConfig, Fault> {
    Ok(builder()?.with_root_certificates(roots).with_no_client_auth())
}

fn trusting_the_machine() -> Result<ClientConfig, Fault> {
    if let Some(config) = MACHINE.get() {
        return Ok(config.clone());
    }
    let config = builder()?.with_native_roots();
    let config = config.map_err(|e| Fault::lasting(format!("no certificates that this machine trusts: {:?}", e.kind())))?;
    Ok(MACHINE.get_or_init(|| config.with_no_client_auth()).clone())
}

/// Reads all certificates of a PEM file; at least one.
pub fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, Fault> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_file_iter(file).and_then(Iterator::collect);
    match read {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        Ok(_) => Err(unusable(file, "no certificate")),
        Err(error) => Err(unusable(file, error)),
    }
}

/// Reads the private key of a PEM file.
pub fn private_key(file: &Path) -> Result<PrivateKeyDer<'static>, Fault> {
    PrivateKeyDer::from_pem_file(file).map_err(|error| unusable(file, error))
}

fn unusable(file: &Path, found: impl std::fmt::Display) -> Fault {
    Fault::lasting(format!("{} cannot be used: {found}", file.display()))
}
