//! Bytes at rest: bound to table, row and column, as [`Runtime::seal`] binds JSON. A face or the
//! compact features as JSON would take four times the room.

use sqlx::{Error, Result};
use yiwang_casework::Runtime;

fn aad(rt: &Runtime, what: &str, id: &str) -> String {
    format!("{}.{what}:{id}", rt.service)
}

/// Seals.
pub(super) fn seal(rt: &Runtime, what: &str, id: &str, plain: &[u8]) -> Result<Vec<u8>> {
    let sealed = rt
        .sealer
        .seal(aad(rt, what, id).as_bytes(), plain, rand::random());
    sealed.map_err(|error| Error::Encode(error.into()))
}

/// Opens.
pub(super) fn open(rt: &Runtime, what: &str, id: &str, sealed: &[u8]) -> Result<Vec<u8>> {
    let plain = rt.sealer.open(aad(rt, what, id).as_bytes(), sealed);
    plain
        .map(|plain| plain.to_vec())
        .map_err(|error| Error::Decode(error.into()))
}
