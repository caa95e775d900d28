use std::net::SocketAddr;
use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::control::Control;
use super::keys::Credentials;
use super::merchant::Merchant;
use super::service::Service;

/// The merchants of a simulator, seen from outside.
#[derive(Debug)]
pub(super) struct People {
    pub(super) first: Arc<Merchant>,
    /// The first merchant's key.
    pub(super) key: Credentials,
    /// Everyone's, the first merchant's included.
    pub(super) keys: Vec<Credentials>,
}

impl People {
    pub(super) fn control(&self, service: &Arc<Service>) -> Control {
        Control::new(Arc::clone(service), Arc::clone(&self.first))
    }
}

/// A simulator that serves. It stops when this is dropped.
#[derive(Debug)]
pub struct Running {
    pub(super) address: SocketAddr,
    pub(super) endpoint: String,
    pub(super) authority: Option<String>,
    pub(super) people: People,
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

    /// The first merchant's key for the live environment.
    pub fn merchant(&self) -> &Credentials {
        &self.people.key
    }

    /// The key of each merchant for the live environment, the first merchant's first.
    pub fn merchants(&self) -> &[Credentials] {
        &self.people.keys
    }

    /// Everything that can be done by hand, for the first merchant; [`Control::of_merchant`] gives that of another.
    pub fn control(&self) -> Control {
        self.people.control(&self.service)
    }

    /// Stops: no more connections, and a few seconds for the answers under way.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        // It ends by itself; an error would say that it panicked, which is over as well.
        let _ended = self.task.await;
    }
}
