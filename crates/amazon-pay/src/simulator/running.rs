use std::net::SocketAddr;
use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::control::Control;
use super::keys::Credentials;
use super::service::Service;

/// A simulator that serves. It stops when this is dropped.
#[derive(Debug)]
pub struct Running {
    pub(super) address: SocketAddr,
    pub(super) endpoint: String,
    pub(super) authority: Option<String>,
    pub(super) merchant: Credentials,
    pub(super) service: Arc<Service>,
    pub(super) stop: watch::Sender<bool>,
    pub(super) task: JoinHandle<()>,
}

impl Running {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Scheme, host and port for a client on this machine, such as `https://localhost:9443`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The address of the control page.
    pub fn control_page(&self) -> String {
        format!("{}/simulator", self.endpoint)
    }

    /// The authority that signed the certificate, in PEM; `None` where it serves plain HTTP.
    pub fn certificate_authority(&self) -> Option<&str> {
        self.authority.as_deref()
    }

    /// The merchant's key for the live environment.
    pub fn merchant(&self) -> &Credentials {
        &self.merchant
    }

    /// Everything that can be done by hand.
    pub fn control(&self) -> Control {
        Control::new(Arc::clone(&self.service))
    }

    /// Stops: no more connections, and a few seconds for the answers under way.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        // It ends by itself; an error would say that it panicked, which is over as well.
        let _ended = self.task.await;
    }
}
