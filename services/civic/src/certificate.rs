//! Electronic certificates 电子证照 as a compact signed statement that anybody can check offline.
//!
//! ```text
//! YW1.<base64url(JSON)>.<base64url(Ed25519 signature over everything before this dot)>
//! ```
//! The JSON has the fields of [`Statement`] in their order. Whoever has the text learns masked names
//! only; whoever also has the holders' ID cards can recompute [`holder_digest`]. Whether the
//! certificate is still valid is not in it: the issuing service says that.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

mod find;
mod key_set;

pub use find::find;
pub use key_set::{key_set, read_key_set};

/// How every statement of this version begins.
const PREFIX: &str = "YW1.";

/// Characters of a statement at most: with the address of the verifier it fits into a QR code.
pub const MAX_TEXT: usize = 2_600;

/// What a certificate says to whoever verifies it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Service that issued it and knows its state, e.g. `marriage`.
    pub service: String,
    /// Stable kind, e.g. `marriage`.
    pub kind: String,
    /// Its name on the paper, e.g. 结婚证.
    pub title: String,
    /// Its number, unique within the service.
    pub number: String,
    /// The office that issued it, in Chinese.
    pub issuer: String,
    /// Beijing date.
    pub issued_on: Date,
    /// Masked names of the holders.
    pub holders: Vec<String>,
    /// See [`holder_digest`].
    pub holder_digest: String,
}

/// Why a text is not a certificate that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// Not of the form of a statement, or longer than any.
    #[error("这不是一网民政的电子证照，请看看内容是否完整。")]
    Form,
    /// None of the keys made the signature.
    #[error("签名不对：内容被改动过，或者不是本平台签发的。")]
    Signature,
    /// Well signed, yet not what this version understands.
    #[error("签名没有问题，但内容读不懂，请换用新版本再验。")]
    Content,
    /// A file without a statement.
    #[error("里面没有电子证照的签名声明。")]
    Absent,
    /// A file with different statements.
    #[error("里面有几份不同的签名声明，不能判断是哪一份。")]
    Several,
    /// Not a set of public keys.
    #[error("公钥文件读不懂，应为 JSON 格式的公钥集。")]
    Keys,
}

impl CertificateError {
    /// Stable code, for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Form => "STATEMENT_MALFORMED",
            Self::Signature => "SIGNATURE_WRONG",
            Self::Content => "STATEMENT_UNKNOWN",
            Self::Absent => "STATEMENT_ABSENT",
            Self::Several => "STATEMENTS_DIFFER",
            Self::Keys => "KEYS_MALFORMED",
        }
    }
}

/// Hex SHA-256 over names and ID numbers of the holders in their order, salted with the number of
/// the certificate: each part is followed by a zero byte, so that none runs into the next.
pub fn holder_digest<'a>(
    number: &str,
    holders: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> String {
    let mut digest = Sha256::new();
    let mut part = |text: &str| {
        digest.update(text.as_bytes());
        digest.update([0]);
    };
    part(number);
    for (name, id_number) in holders {
        part(name);
        part(id_number);
    }
    hex::encode(digest.finalize())
}

/// The signed text of a statement.
#[must_use]
pub fn sign(key: &SigningKey, statement: &Statement) -> String {
    let Statement {
        service,
        kind,
        title,
        number,
        issuer,
        issued_on,
        holders,
        holder_digest,
    } = statement;
    let json = json!({
        "service": service, "kind": kind, "title": title, "number": number, "issuer": issuer,
        "issued_on": issued_on, "holders": holders, "holder_digest": holder_digest,
    });
    let payload = BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
    let signed = format!("{PREFIX}{payload}");
    let signature = key.sign(signed.as_bytes()).to_bytes();
    format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

/// The statement of a text that one of `keys` signed.
///
/// # Errors
/// `Form`, `Signature` or `Content`, with a sentence for the person who checks.
pub fn verify(keys: &[VerifyingKey], text: &str) -> Result<Statement, CertificateError> {
    let text = text.trim();
    if text.len() > MAX_TEXT {
        return Err(CertificateError::Form);
    }
    let (signed, signature) = text.rsplit_once('.').ok_or(CertificateError::Form)?;
    let payload = signed.strip_prefix(PREFIX).ok_or(CertificateError::Form)?;
    let json = decode(payload)?;
    let signature: [u8; 64] = decode(signature)?
        .try_into()
        .map_err(|_| CertificateError::Form)?;
    let signature = Signature::from_bytes(&signature);
    let signed_by = |key: &VerifyingKey| key.verify_strict(signed.as_bytes(), &signature).is_ok();
    if !keys.iter().any(signed_by) {
        return Err(CertificateError::Signature);
    }
    serde_json::from_slice(&json).map_err(|_| CertificateError::Content)
}

/// Strict: a text has one spelling only.
fn decode(text: &str) -> Result<Vec<u8>, CertificateError> {
    BASE64_URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| CertificateError::Form)
}

#[cfg(test)]
mod tests;
