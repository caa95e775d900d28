//! What can be wrong with a key or its id, in sentences for the person who pasted it. No sentence carries a byte of it.

/// Why a text could not be taken as the merchant's private key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Nothing but blanks.
    #[error("the private key is empty; paste the whole content of the .pem file from Seller Central")]
    Empty,
    /// Longer than any key file.
    #[error(
        "the text has {length} bytes, far more than a key file; choose the .pem file from Seller Central"
    )]
    TooMuchText {
        /// Its length in bytes.
        length: usize,
    },
    /// The name of a file instead of what is in it.
    #[error("this is the name of a file, not the key in it; paste the content of the file")]
    FileName,
    /// No line `-----BEGIN …-----`.
    #[error(
        "no line «-----BEGIN PRIVATE KEY-----» was found; paste the .pem file with its first and its last line"
    )]
    NoKeyFound,
    /// The end of the file is missing.
    #[error(
        "the private key is cut off; paste it again up to and with its last line «-----END PRIVATE KEY-----»"
    )]
    Truncated,
    /// Something in the middle is wrong.
    #[error("the private key is damaged: {detail}; paste it again or download a new one in Seller Central")]
    Damaged {
        /// What does not fit.
        detail: &'static str,
    },
    /// Protected by a password.
    #[error(
        "the private key is protected by a password; Amazon's own .pem file has none, or remove it with «openssl pkey»"
    )]
    Encrypted,
    /// The other half of the pair.
    #[error(
        "this is a public key; Kontor needs the private key, the .pem file that Seller Central offered when the key was made"
    )]
    PublicKey,
    /// A certificate or a request for one.
    #[error("this is a certificate; needed is the private key from Seller Central → Integration Central")]
    Certificate,
    /// A key on an elliptic curve (ECDSA).
    #[error(
        "this is an EC key; Amazon Pay signs with RSA keys only, made in Seller Central → Integration Central"
    )]
    EllipticCurve,
    /// An Ed25519 key.
    #[error(
        "this is an Ed25519 key; Amazon Pay signs with RSA keys only, made in Seller Central → Integration Central"
    )]
    Ed25519,
    /// Another kind of key that is not RSA.
    #[error(
        "this key is of another kind than RSA; Amazon Pay's keys are made in Seller Central → Integration Central"
    )]
    OtherAlgorithm,
    /// OpenSSH's own format.
    #[error("this is a key for OpenSSH; Amazon Pay's keys are made in Seller Central → Integration Central")]
    OpenSsh,
    /// PuTTY's own format.
    #[error(
        "this is a PuTTY key (.ppk); Amazon Pay's keys are .pem files from Seller Central → Integration Central"
    )]
    Putty,
    /// Fewer than 2048 bits.
    #[error(
        "this RSA key has {bits} bits; Amazon Pay's keys have 2048, so it cannot be the one from Seller Central"
    )]
    TooShort {
        /// The length of its modulus.
        bits: usize,
    },
    /// More than 8192 bits.
    #[error(
        "this RSA key has {bits} bits; Amazon Pay's keys have 2048, so it cannot be the one from Seller Central"
    )]
    TooLong {
        /// The length of its modulus.
        bits: usize,
    },
    /// The machine could not make a key.
    #[error("a new key could not be made")]
    NotGenerated,
}

/// Why a text could not be taken as a Public Key ID.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyIdError {
    /// Nothing but blanks.
    #[error("the Public Key ID is empty; it stands beside the key in Seller Central → Integration Central")]
    Empty,
    /// Longer than any id.
    #[error("the Public Key ID has {length} characters, more than the {longest} that are possible")]
    TooLong {
        /// Its length in bytes.
        length: usize,
        /// The longest that is accepted.
        longest: usize,
    },
    /// A character that no id has.
    #[error(
        "«{found}» (character {position}) cannot stand in a Public Key ID; it looks like \
         SANDBOX-AFVX7ULWSGBZ5535PCUQOY7B and has only letters, digits and hyphens"
    )]
    WrongCharacter {
        /// The character.
        found: char,
        /// Where it stands, counted from 1.
        position: usize,
    },
}
