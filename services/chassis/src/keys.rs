//! The secrets of a deployment, in one directory of mode 0700 with files of 0600.
//!
//! | file | holds |
//! |---|---|
//! | `person.key` | 32 bytes in hex: the HMAC key of person keys |
//! | `seal.toml` | the keys of sealed fields by id, and which one is active |
//! | `audit.pem` | the Ed25519 key that signs heads of the audit chain (PKCS #8) |
//! | `certificate.pem` | the Ed25519 key that signs electronic certificates (PKCS #8) |
//! | `certificate-keys.toml` | after a rotation: the public keys of all certificates, with their time |
//! | `departments.toml` | one HMAC secret in hex per department adapter |
//!
//! Losing `person.key` or a seal key loses data, losing `certificate.pem` and
//! `certificate-keys.toml` makes every certificate ever issued unverifiable: they belong in the
//! backup.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use ed25519_dalek::{
    SigningKey,
    pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, spki::der::pem::LineEnding},
};
use secrecy::SecretSlice;
use serde::Deserialize;

mod certificate;

pub use certificate::{CertificateKey, HANDOVER};

/// How fields are sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SealAlgorithm {
    /// AES-256-GCM, 32-byte keys.
    #[serde(rename = "aes-256-gcm")]
    Aes256Gcm,
    /// SM4-GCM (GB/T 32907), 16-byte keys.
    Sm4Gcm,
}

/// One key of sealed fields.
#[derive(Debug, Clone)]
pub struct SealKey {
    /// Its algorithm.
    pub algorithm: SealAlgorithm,
    /// Its bytes.
    pub key: SecretSlice<u8>,
}

/// All secrets of a deployment.
#[derive(Debug, Clone)]
pub struct Keys {
    /// The HMAC key of person keys, 32 bytes.
    pub person: SecretSlice<u8>,
    /// Id of the key that seals from now on.
    pub seal_active: String,
    /// The keys that open, by id.
    pub seal: BTreeMap<String, SealKey>,
    /// Signs heads of the audit chain.
    pub audit: SigningKey,
    /// Signs electronic certificates.
    pub certificate: SigningKey,
    /// Checks electronic certificates: the present key and the retired ones.
    pub certificates: Vec<CertificateKey>,
    /// The HMAC secret per department.
    pub departments: BTreeMap<String, SecretSlice<u8>>,
}

/// Why the key directory cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// A file cannot be read or written.
    #[error("cannot use the key file {path}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// Others than the owner (and a reading group) have access to a file.
    #[error("the key file {0} is open to others: chmod 600")]
    Open(PathBuf),
    /// A file does not hold what it should; its content is not shown.
    #[error("the key file {path} is damaged: {why}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong, without the content.
        why: &'static str,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SealFile {
    active: String,
    keys: BTreeMap<String, SealEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SealEntry {
    algorithm: SealAlgorithm,
    key: String,
}

impl Keys {
    /// Reads all keys from `dir`.
    ///
    /// # Errors
    /// When a file is missing, open to others, or damaged.
    pub fn load(dir: &Path) -> Result<Self, KeyError> {
        let person = dir.join("person.key");
        let bytes = bytes_of(&person, read(&person)?.trim())?;
        require(&person, bytes.len() == 32, "not 32 bytes in hex")?;
        let (seal_active, seal) = load_seal(&dir.join("seal.toml"))?;
        let certificate = load_signing(&dir.join("certificate.pem"))?;
        Ok(Self {
            person: bytes.into(),
            seal_active,
            seal,
            audit: load_signing(&dir.join("audit.pem"))?,
            certificates: certificate::load(dir, certificate.verifying_key())?,
            certificate,
            departments: load_departments(&dir.join("departments.toml"))?,
        })
    }

    /// Makes what is missing in `dir`: each file, and a secret for each of
    /// `departments` (plain words). What is there is never changed.
    ///
    /// # Errors
    /// When a file cannot be written, or an existing one is damaged.
    pub fn generate(dir: &Path, departments: &[&str]) -> Result<(), KeyError> {
        let io = |path: &Path| {
            let path = path.to_owned();
            move |source| KeyError::Io { path, source }
        };
        if !dir.is_dir() {
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(dir)
                .map_err(io(dir))?;
        }
        let lock = dir.join("lock");
        let guard = File::create(&lock).map_err(io(&lock))?;
        guard.lock().map_err(io(&lock))?;

        create(&dir.join("person.key"), || Ok(format!("{}\n", secret())))?;
        create(&dir.join("seal.toml"), || {
            let key = secret();
            Ok(format!(
                "active = \"k1\"\n\n[keys.k1]\nalgorithm = \"aes-256-gcm\"\nkey = \"{key}\"\n"
            ))
        })?;
        create_signing(&dir.join("audit.pem"))?;
        create_signing(&dir.join("certificate.pem"))?;
        let path = dir.join("departments.toml");
        create(&path, || {
            Ok("# HMAC secret per department, hex\n".to_owned())
        })?;
        let known = load_departments(&path)?;
        let mut file = File::options()
            .append(true)
            .open(&path)
            .map_err(io(&path))?;
        for name in departments
            .iter()
            .filter(|name| !known.contains_key(**name))
        {
            writeln!(file, "{name} = \"{}\"", secret()).map_err(io(&path))?;
        }
        file.sync_all().map_err(io(&path))
    }
}

fn load_signing(path: &Path) -> Result<SigningKey, KeyError> {
    SigningKey::from_pkcs8_pem(&read(path)?)
        .map_err(|_| damaged(path, "not an Ed25519 key in PKCS #8"))
}

fn create_signing(path: &Path) -> Result<(), KeyError> {
    create(path, || new_signing_pem(path).map(|(_, pem)| pem))
}

/// A new key, and as it stands in `path`.
fn new_signing_pem(path: &Path) -> Result<(SigningKey, String), KeyError> {
    let key = SigningKey::from_bytes(&rand::random());
    let pem = key.to_pkcs8_pem(LineEnding::LF);
    let pem = pem.map_err(|_| damaged(path, "cannot be encoded"))?;
    Ok((key, pem.to_string()))
}

fn load_seal(path: &Path) -> Result<(String, BTreeMap<String, SealKey>), KeyError> {
    let file: SealFile =
        toml::from_str(&read(path)?).map_err(|_| damaged(path, "not the expected TOML"))?;
    require(
        path,
        file.keys.contains_key(&file.active),
        "the active key is not among the keys",
    )?;
    let mut keys = BTreeMap::new();
    for (id, SealEntry { algorithm, key }) in file.keys {
        let key = bytes_of(path, &key)?;
        let length = match algorithm {
            SealAlgorithm::Aes256Gcm => 32,
            SealAlgorithm::Sm4Gcm => 16,
        };
        require(
            path,
            key.len() == length,
            "a key has the wrong length for its algorithm",
        )?;
        keys.insert(
            id,
            SealKey {
                algorithm,
                key: key.into(),
            },
        );
    }
    Ok((file.active, keys))
}

fn load_departments(path: &Path) -> Result<BTreeMap<String, SecretSlice<u8>>, KeyError> {
    let file: BTreeMap<String, String> =
        toml::from_str(&read(path)?).map_err(|_| damaged(path, "not the expected TOML"))?;
    let secret = |(name, hex): (String, String)| {
        let bytes = bytes_of(path, &hex)?;
        require(path, bytes.len() >= 16, "a secret is shorter than 16 bytes")?;
        Ok((name, bytes.into()))
    };
    file.into_iter().map(secret).collect()
}

fn read(path: &Path) -> Result<String, KeyError> {
    let io = |source| KeyError::Io {
        path: path.to_owned(),
        source,
    };
    let mode = fs::metadata(path).map_err(io)?.permissions().mode();
    // A group may read: Kubernetes mounts secrets as root:fsGroup 0440.
    if mode & 0o037 != 0 {
        return Err(KeyError::Open(path.to_owned()));
    }
    fs::read_to_string(path).map_err(io)
}

/// Writes a new file in one step; an existing one stays as it is.
fn create(path: &Path, text: impl FnOnce() -> Result<String, KeyError>) -> Result<(), KeyError> {
    if path.exists() {
        return Ok(());
    }
    write(path, &text()?)
}

/// Writes a file in one step, in place of one that is there.
fn write(path: &Path, text: &str) -> Result<(), KeyError> {
    let draft = path.with_extension("new");
    let write = || -> io::Result<()> {
        let mut file = File::options()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&draft)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&draft, path)
    };
    write().map_err(|source| KeyError::Io {
        path: path.to_owned(),
        source,
    })
}

fn secret() -> String {
    hex::encode(rand::random::<[u8; 32]>())
}

fn bytes_of(path: &Path, text: &str) -> Result<Vec<u8>, KeyError> {
    hex::decode(text).map_err(|_| damaged(path, "not hexadecimal"))
}

fn require(path: &Path, good: bool, why: &'static str) -> Result<(), KeyError> {
    if good {
        Ok(())
    } else {
        Err(damaged(path, why))
    }
}

fn damaged(path: &Path, why: &'static str) -> KeyError {
    KeyError::Damaged {
        path: path.to_owned(),
        why,
    }
}

#[cfg(test)]
mod tests;
