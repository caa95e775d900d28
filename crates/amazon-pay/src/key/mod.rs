//! The merchant's key pair: the private key that signs, the public key that verifies, the id under which Amazon knows it.
//!
//! Keys come from Seller Central → Integration Central as `AmazonPay_<id>.pem` and cannot be downloaded a second time.

mod der;
mod error;
mod id;
mod pem;
mod private;
mod public;

pub use error::{KeyError, KeyIdError};
pub use id::{Environment, PublicKeyId};
pub use private::{PrivateKey, SigningFailed};
pub use public::{NotSigned, PublicKey};
