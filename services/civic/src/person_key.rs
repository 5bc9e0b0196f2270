//! The name of a person between services: HMAC-SHA256 over the normalised ID number, or
//! over the canonical text of another document.
//!
//! It links a person across services and means nothing outside. With the key of another deployment the
//! same person has another name; who has neither the key nor the number learns nothing.

use std::{fmt, str::FromStr};

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::{citizen_id::CitizenId, identity_document::IdentityDocument};

/// The key has fewer bytes than the security of HMAC-SHA256 asks for.
pub const MIN_KEY_BYTES: usize = 32;

/// 64 hexadecimal digits, lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonKey(String);

/// Why a key is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PersonKeyError {
    /// The secret has fewer than 32 bytes.
    #[error("the secret of the person key must have at least 32 bytes")]
    ShortSecret,
    /// The text is not 64 hexadecimal digits in lower case.
    #[error("a person key has 64 hexadecimal digits")]
    Format,
}

impl PersonKey {
    /// The hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PersonKey {
    type Err = PersonKeyError;

    fn from_str(text: &str) -> Result<Self, PersonKeyError> {
        text.to_owned().try_into()
    }
}

impl TryFrom<String> for PersonKey {
    type Error = PersonKeyError;

    fn try_from(text: String) -> Result<Self, PersonKeyError> {
        let plain =
            text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if plain {
            Ok(Self(text))
        } else {
            Err(PersonKeyError::Format)
        }
    }
}

impl From<PersonKey> for String {
    fn from(key: PersonKey) -> Self {
        key.0
    }
}

impl fmt::Display for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Holds the secret and makes keys; cheap to clone.
#[derive(Clone)]
pub struct PersonKeyer(Hmac<Sha256>);

impl PersonKeyer {
    /// Takes the deployment's secret.
    ///
    /// # Errors
    /// `ShortSecret` below 32 bytes: an empty secret would let anyone list all persons.
    pub fn new(secret: &[u8]) -> Result<Self, PersonKeyError> {
        if secret.len() < MIN_KEY_BYTES {
            return Err(PersonKeyError::ShortSecret);
        }
        Hmac::new_from_slice(secret)
            .map(Self)
            .map_err(|_| PersonKeyError::ShortSecret)
    }

    /// The key of a person, always the same under one secret.
    pub fn key(&self, id: &CitizenId) -> PersonKey {
        PersonKey(self.digest(&[id.as_str().as_bytes()]))
    }

    /// The key of whoever has this document; of a citizen ID number the same as [`PersonKeyer::key`].
    pub fn document_key(&self, document: &IdentityDocument) -> PersonKey {
        // The text of a document holds colons, an ID number none: no two persons share a key.
        PersonKey(self.digest(&[document.as_str().as_bytes()]))
    }

    /// A blind index 盲索引: finds an equal value of a sealed field without storing it in the clear.
    /// `field` keeps the same value under two fields apart. Case and blanks count: normalise before.
    pub fn blind_index(&self, field: &str, value: &str) -> String {
        // No ID number holds a zero byte, so no index can be a person key.
        self.digest(&[field.as_bytes(), &[0], value.as_bytes()])
    }

    fn digest(&self, parts: &[&[u8]]) -> String {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(part);
        }
        hex::encode(mac.finalize().into_bytes())
    }
}

impl fmt::Debug for PersonKeyer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonKeyer")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_one_key() {
        let keyer = PersonKeyer::new(&[7; 32]).unwrap();
        let id = |text: &str| text.parse::<CitizenId>().unwrap();
        let key = keyer.key(&id("11010519491231002X"));
        assert_eq!(
            key,
            keyer.key(&id(" １１０１０５１９４９１２３１００２ｘ "))
        );
        assert_ne!(key, keyer.key(&id("440524188001010014")));
        assert_ne!(
            key,
            PersonKeyer::new(&[8; 32])
                .unwrap()
                .key(&id("11010519491231002X"))
        );
        // printf 11010519491231002X | openssl dgst -sha256 -mac hmac -macopt hexkey:0707…07
        assert_eq!(
            key.as_str(),
            "e36da84fef3a1c6a3ea976b0ae4b9fe3dec7f484c700ccc7492e231095d58ec5"
        );
        assert_eq!(key.to_string().parse(), Ok(key));
    }

    #[test]
    fn other_documents_have_keys_too() {
        let keyer = PersonKeyer::new(&[7; 32]).unwrap();
        let key = |text: &str| keyer.document_key(&text.parse().unwrap());
        let id = "11010519491231002X";
        assert_eq!(key(id), keyer.key(&id.parse().unwrap()));
        let french = key("passport:FRA:12AB34567");
        assert_eq!(french, key("passport:fra:12ab 34567"));
        for other in ["passport:BEL:12AB34567", "travel_document:FRA:12AB34567"] {
            assert_ne!(french, key(other), "{other}");
        }
        // printf passport:FRA:12AB34567 | openssl dgst -sha256 -mac hmac -macopt hexkey:0707…07
        assert_eq!(
            french.as_str(),
            "4a79d0d457201fedc0025009620d0cf6609db38677992f9db112a8bf3fbff054"
        );
    }

    #[test]
    fn indexes_keep_fields_apart() {
        let keyer = PersonKeyer::new(&[7; 32]).unwrap();
        assert_eq!(
            keyer.blind_index("name", "张三"),
            keyer.blind_index("name", "张三")
        );
        assert_ne!(
            keyer.blind_index("name", "张三"),
            keyer.blind_index("spouse", "张三")
        );
        assert_ne!(keyer.blind_index("", "11010519491231002X").len(), 0);
    }

    #[test]
    fn bad_input_is_refused() {
        assert_eq!(
            PersonKeyer::new(&[7; 31]).err(),
            Some(PersonKeyError::ShortSecret)
        );
        for bad in ["", "ab", &"g".repeat(64), &"A".repeat(64), &"é".repeat(32)] {
            assert_eq!(bad.parse::<PersonKey>(), Err(PersonKeyError::Format));
        }
        assert_eq!(
            format!("{:?}", PersonKeyer::new(&[7; 32]).unwrap()),
            "PersonKeyer"
        );
    }
}
