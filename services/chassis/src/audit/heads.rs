//! Signed heads of the chain, one JSON line each, in a file outside the database.
//!
//! A line holds position and hash of the entry that was last, when it was signed,
//! the SHA-256 of the line before, and an Ed25519 signature over all of that. The
//! file is only ever appended to.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
};

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::chain::Hash;

/// A signed statement: at this moment the chain ended with this hash here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    service: String,
    pub(super) position: i64,
    #[serde(with = "hex::serde")]
    pub(super) hash: Hash,
    pub(super) signed_at: Timestamp,
    /// SHA-256 of the line before in hex; empty in the first.
    previous: String,
    #[serde(with = "hex::serde")]
    signature: [u8; 64],
}

/// The heads file of a service.
pub fn file_of(heads_dir: &Path, service: &str) -> PathBuf {
    heads_dir.join(format!("{service}.jsonl"))
}

impl Head {
    fn statement(&self) -> String {
        format!(
            "yiwang-audit-head-v1\n{}\n{}\n{}\n{}\n{}",
            self.service,
            self.position,
            hex::encode(self.hash),
            self.signed_at,
            self.previous,
        )
    }

    fn is_signed_by(&self, keys: &[VerifyingKey]) -> bool {
        let signature = Signature::from_bytes(&self.signature);
        let statement = self.statement();
        keys.iter()
            .any(|key| key.verify_strict(statement.as_bytes(), &signature).is_ok())
    }
}

/// Appends heads to the file of one service.
pub(super) struct HeadsWriter {
    service: &'static str,
    path: PathBuf,
    last: Option<Head>,
    last_line: String,
}

impl HeadsWriter {
    /// Opens or creates the file and finds its end.
    ///
    /// A last line without its line feed was cut by a crash; it is removed.
    pub(super) fn open(heads_dir: &Path, service: &'static str) -> io::Result<Self> {
        fs::create_dir_all(heads_dir)?;
        let path = file_of(heads_dir, service);
        let mut writer = Self {
            service,
            path,
            last: None,
            last_line: String::new(),
        };
        let file = match File::open(&writer.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(writer),
            Err(error) => return Err(error),
        };
        let mut whole = 0;
        let mut reader = BufReader::new(file);
        let mut line = String::new();
        while reader.read_line(&mut line)? > 0 {
            if !line.ends_with('\n') {
                tracing::warn!(file = %writer.path.display(), "the last audit head was cut by a crash");
                OpenOptions::new()
                    .write(true)
                    .open(&writer.path)?
                    .set_len(whole)?;
                break;
            }
            whole += line.len() as u64;
            writer.last = serde_json::from_str(&line).ok();
            writer.last_line = line.trim_end().to_owned();
            line.clear();
        }
        Ok(writer)
    }

    /// The last head in the file, if it is readable.
    pub(super) fn last(&self) -> Option<&Head> {
        self.last.as_ref()
    }

    /// Signs and appends a head, and waits until it is on disk.
    pub(super) fn append(
        &mut self,
        key: &SigningKey,
        position: i64,
        hash: Hash,
        signed_at: Timestamp,
    ) -> io::Result<()> {
        let mut head = Head {
            service: self.service.to_owned(),
            position,
            hash,
            signed_at,
            previous: link_to(&self.last_line),
            signature: [0; 64],
        };
        head.signature = key.sign(head.statement().as_bytes()).to_bytes();
        let line = serde_json::to_string(&head)?;
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.path)?;
        // One write, so that a crash leaves the line or not.
        file.write_all(format!("{line}\n").as_bytes())?;
        file.sync_data()?;
        self.last = Some(head);
        self.last_line = line;
        Ok(())
    }
}

/// Reads heads one by one and checks their signatures and links.
pub(super) struct HeadsReader {
    service: String,
    keys: Vec<VerifyingKey>,
    file: Option<BufReader<File>>,
    number: u64,
    last_line: String,
}

/// A line of the heads file.
pub(super) enum Line {
    Good(Head),
    Damaged { line: u64, why: &'static str },
}

impl HeadsReader {
    pub(super) fn open(heads_dir: &Path, service: &str, keys: &[VerifyingKey]) -> io::Result<Self> {
        let file = match File::open(file_of(heads_dir, service)) {
            Ok(file) => Some(BufReader::new(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        Ok(Self {
            service: service.to_owned(),
            keys: keys.to_vec(),
            file,
            number: 0,
            last_line: String::new(),
        })
    }

    /// How many lines were read.
    pub(super) fn read(&self) -> u64 {
        self.number
    }

    /// The next head. A last line without its line feed was cut by a crash and is none:
    /// [`HeadsWriter::open`] removes it.
    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        let Some(file) = &mut self.file else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        file.read_until(b'\n', &mut bytes)?;
        let Some(text) = bytes.strip_suffix(b"\n") else {
            return Ok(None);
        };
        let text = String::from_utf8_lossy(text).into_owned();
        self.number += 1;
        let line = self.number;
        let expected = link_to(&self.last_line);
        let damaged = |why| Ok(Some(Line::Damaged { line, why }));
        let parsed = serde_json::from_str::<Head>(&text);
        self.last_line = text;
        let Ok(head) = parsed else {
            return damaged("it is not a head");
        };
        if head.service != self.service || !head.is_signed_by(&self.keys) {
            return damaged("its signature is not valid");
        }
        if head.previous != expected {
            return damaged("the line before it was changed or removed");
        }
        Ok(Some(Line::Good(head)))
    }
}

/// The heads behind a position.
pub(super) struct End {
    /// The byte where the first of them begins.
    pub(super) begins_at: u64,
    /// How many they are.
    pub(super) heads: usize,
    /// Whether one of them names an earlier position: the log went on after it was cut.
    pub(super) goes_back: bool,
}

impl End {
    /// Finds them, line by line: the file may be larger than memory.
    pub(super) fn after(path: &Path, last: i64) -> io::Result<Self> {
        let mut end = Self {
            begins_at: 0,
            heads: 0,
            goes_back: false,
        };
        let mut reader = BufReader::new(File::open(path)?);
        let mut line = String::new();
        loop {
            line.clear();
            let length = reader.read_line(&mut line)?;
            if !line.ends_with('\n') {
                return Ok(end);
            }
            let head = serde_json::from_str::<Head>(&line)?;
            let beyond = head.position > last;
            end.goes_back |= end.heads > 0 && !beyond;
            if beyond {
                end.heads += 1;
            } else if end.heads == 0 {
                end.begins_at += length as u64;
            }
        }
    }
}

fn link_to(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        hex::encode(Sha256::digest(line.as_bytes()))
    }
}
