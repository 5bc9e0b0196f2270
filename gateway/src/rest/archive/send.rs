//! Sends a file on to the marriage service while it arrives: one piece is in memory.

use bytes::BytesMut;
use yiwang_chassis::fault::Fault;
use yiwang_proto::marriage::v1 as pb;

use crate::{clients::Identity, state::AppState};

/// Bytes of a piece.
const PIECE: usize = 1 << 20;

/// The first bytes of an XLSX file.
const ZIP: &[u8] = b"PK\x03\x04";

/// A file on its way.
pub(crate) struct Sending<'a> {
    state: &'a AppState,
    who: Identity,
    batch: &'a str,
    entry: i32,
    format: &'static str,
    sent: i64,
    piece: BytesMut,
    refused: Option<Fault>,
}

impl<'a> Sending<'a> {
    /// Begins a file of one entry of a batch.
    pub(crate) fn new(state: &'a AppState, who: Identity, batch: &'a str, entry: i32) -> Self {
        Self {
            state,
            who,
            batch,
            entry,
            format: "csv",
            sent: 0,
            piece: BytesMut::new(),
            refused: None,
        }
    }

    /// Takes what has arrived. Once the service has refused, the rest is read and thrown
    /// away: a browser that is cut off shows its own error page.
    pub(crate) async fn take(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() && self.refused.is_none() {
            // The last piece is sent as such, so one is kept until more arrives.
            if self.piece.len() == PIECE
                && let Err(fault) = self.send(false).await
            {
                self.refused = Some(fault);
                return;
            }
            let (now, later) = bytes.split_at(bytes.len().min(PIECE - self.piece.len()));
            self.piece.extend_from_slice(now);
            bytes = later;
        }
    }

    /// Sends the last piece.
    ///
    /// # Errors
    /// What the service answered to this or an earlier piece.
    pub(crate) async fn finish(mut self) -> Result<pb::Batch, Fault> {
        match self.refused.take() {
            Some(fault) => Err(fault),
            None => self.send(true).await,
        }
    }

    async fn send(&mut self, last: bool) -> Result<pb::Batch, Fault> {
        if self.sent == 0 && self.piece.starts_with(ZIP) {
            self.format = "xlsx";
        }
        let chunk = self.piece.split().to_vec();
        let length = i64::try_from(chunk.len()).unwrap_or(i64::MAX);
        let request = pb::UploadEntriesRequest {
            batch: self.batch.to_owned(),
            entry: self.entry,
            format: self.format.to_owned(),
            offset: self.sent,
            chunk,
            last,
        };
        self.sent += length;
        self.state
            .backends()
            .upload_entries(self.who.clone(), request)
            .await
    }
}
