//! TLS for the listener, from a certificate chain and a key in PEM files.

use crate::domain::Fault;
use crate::trust::{certificates, private_key};
use rustls::ServerConfig;
use std::path::Path;
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// A certificate chain with its key, ready to be shown to those who connect.
#[derive(Clone)]
pub struct Tls(pub(super) TlsAcceptor);

/// Reads the files. New ones need a restart.
pub fn server_tls(certificate_chain: &Path, key: &Path) -> Result<Tls, Fault> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder =
        ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().map_err(Fault::lasting)?;
    let chain = certificates(certificate_chain)?;
    let config = builder.with_no_client_auth().with_single_cert(chain, private_key(key)?);
    let mut config =
        config.map_err(|error| Fault::lasting(format!("certificate and key cannot be used together: {error}")))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Tls(TlsAcceptor::from(Arc::new(config))))
}
