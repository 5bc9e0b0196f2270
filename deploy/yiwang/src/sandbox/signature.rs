//! HMAC-SHA256 under the secret that a department and Yiwang share.

use std::collections::HashMap;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::department::Department;

/// The shared secrets.
#[derive(Clone)]
pub(crate) struct Secrets(HashMap<Department, Vec<u8>>);

impl Secrets {
    /// One secret per department.
    pub(crate) fn new(secrets: impl IntoIterator<Item = (Department, Vec<u8>)>) -> Self {
        Self(secrets.into_iter().collect())
    }

    /// Hex signature of `message`; empty for a department without a secret.
    pub(crate) fn sign(&self, department: Department, message: &[u8]) -> String {
        self.mac(department, message)
            .map(|mac| hex::encode(mac.finalize().into_bytes()))
            .unwrap_or_default()
    }

    /// Whether `signature` is that of `message`, in constant time.
    pub(crate) fn fits(&self, department: Department, message: &[u8], signature: &str) -> bool {
        match (self.mac(department, message), hex::decode(signature)) {
            (Some(mac), Ok(bytes)) => mac.verify_slice(&bytes).is_ok(),
            _ => false,
        }
    }

    fn mac(&self, department: Department, message: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.get(&department)?).ok()?;
        mac.update(message);
        Some(mac)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_secret_signs() {
        let secrets = Secrets::new([(Department::Bank, b"secret".to_vec())]);
        let signature = secrets.sign(Department::Bank, b"message");
        assert!(secrets.fits(Department::Bank, b"message", &signature));
        assert!(!secrets.fits(Department::Bank, b"massage", &signature));
        assert!(!secrets.fits(Department::Bank, b"message", "not hex"));
        assert!(!secrets.fits(Department::CheckCentre, b"message", &signature));
    }
}
