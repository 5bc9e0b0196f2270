//! An uploaded file as something to read and seek in, for readers on a thread of their own:
//! of its chunks, one is in memory.

use std::{
    io::{self, Read, Seek, SeekFrom},
    sync::{Arc, Mutex, PoisonError},
};

use tokio::runtime::Handle;
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;
use zeroize::Zeroizing;

use super::store::upload;

/// Why chunks could not be read, when that is not the file's fault.
pub(crate) type Failure = Arc<Mutex<Option<Fault>>>;

/// A whole upload of one entry.
pub(crate) struct Source {
    rt: Arc<Runtime>,
    handle: Handle,
    batch: Uuid,
    entry: i32,
    length: u64,
    /// Where to read next.
    at: u64,
    /// Where the chunk begins.
    chunk_at: u64,
    chunk: Zeroizing<Vec<u8>>,
    failure: Failure,
}

impl Source {
    /// The upload of `length` bytes; must be called within the runtime.
    pub(crate) fn new(rt: Arc<Runtime>, batch: Uuid, entry: i32, length: u64) -> Self {
        Self {
            rt,
            handle: Handle::current(),
            batch,
            entry,
            length,
            at: 0,
            chunk_at: 0,
            chunk: Zeroizing::default(),
            failure: Failure::default(),
        }
    }

    /// Tells later whether reading failed for another reason than the file.
    pub(crate) fn failure(&self) -> Failure {
        Arc::clone(&self.failure)
    }

    /// The rest of the chunk that holds the present place.
    fn rest(&self) -> &[u8] {
        let from = self.at.checked_sub(self.chunk_at);
        let from = from.and_then(|from| usize::try_from(from).ok());
        from.and_then(|from| self.chunk.get(from..))
            .unwrap_or_default()
    }

    fn load(&mut self) -> io::Result<()> {
        let asked = upload::chunk_with(&self.rt, self.batch, self.entry, self.at);
        match self.handle.block_on(asked) {
            Ok((at, chunk)) => {
                (self.chunk_at, self.chunk) = (at, chunk);
                Ok(())
            }
            Err(fault) => {
                let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
                *failure = Some(fault);
                Err(io::Error::other("a chunk could not be read"))
            }
        }
    }
}

impl Read for Source {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.length || out.is_empty() {
            return Ok(0);
        }
        if self.rest().is_empty() {
            self.load()?;
        }
        let read = self.rest().read(out)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.at += u64::try_from(read).unwrap_or_default();
        Ok(read)
    }
}

impl Seek for Source {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
