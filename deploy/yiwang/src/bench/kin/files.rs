//! JSON lines, gzipped or not.

use std::{
    fs::File,
    io::{BufRead as _, BufReader, Read},
    path::Path,
};

use anyhow::Context;
use flate2::read::MultiGzDecoder;
use serde::de::DeserializeOwned;

/// Each line in turn.
pub(super) fn lines<T: DeserializeOwned + 'static>(
    path: &Path,
) -> anyhow::Result<impl Iterator<Item = anyhow::Result<T>> + Send + use<T>> {
    let name = path.display().to_string();
    let file = File::open(path).with_context(|| name.clone())?;
    let reader: Box<dyn Read + Send> = match path.extension().is_some_and(|end| end == "gz") {
        true => Box::new(MultiGzDecoder::new(file)),
        false => Box::new(file),
    };
    let lines = BufReader::with_capacity(1 << 20, reader).lines();
    let lines = lines.filter(|line| line.as_ref().map_or(true, |line| !line.trim().is_empty()));
    Ok(lines.map(move |line| {
        let line = line.with_context(|| name.clone())?;
        serde_json::from_str(&line).with_context(|| name.clone())
    }))
}
