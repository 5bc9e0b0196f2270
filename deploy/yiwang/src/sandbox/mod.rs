//! `yiwang sandbox`: plays the departments outside civil affairs over HTTP.
//!
//! The contract is `deploy/sandbox.md`. State is one append-only file, so that a
//! repeated key gets the same answer after a restart.
//!
//! ```text
//! POST ─► signature, key, shape ─► Book (file) ─► 202
//!                                     └─► callbacks ─► asker
//! ```

mod bank;
mod behaviour;
mod book;
mod callbacks;
mod check_centre;
mod department;
mod dna;
mod feed;
mod health;
mod http;
mod id_reader;
mod population;
mod sharing;
mod signature;
mod tickets;
mod weather;

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use yiwang_chassis::{clock::SharedClock, lifecycle::Lifecycle};

use book::{Book, Taken};

pub(crate) use department::Department;
pub(crate) use signature::Secrets;

/// The departments.
struct Sandbox {
    book: Mutex<Book>,
    secrets: Secrets,
    clock: SharedClock,
    owed: mpsc::UnboundedSender<Taken>,
    token: CancellationToken,
}

impl Sandbox {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn owe(&self, taken: Taken) {
        // The receiver only goes when the process stops; the book keeps what is owed.
        drop(self.owed.send(taken));
    }
}

/// Serves the departments on `listener`; state lives in `file`.
///
/// # Errors
/// When the file cannot be opened or is damaged.
pub(crate) fn start(
    listener: tokio::net::TcpListener,
    file: &Path,
    secrets: Secrets,
    clock: SharedClock,
    lifecycle: &Lifecycle,
) -> anyhow::Result<()> {
    let (owed, receiver) = mpsc::unbounded_channel();
    let book = Book::open(file)?;
    let left_over = book.owed();
    let token = lifecycle.token();
    let sandbox = Sandbox {
        book: Mutex::new(book),
        secrets,
        clock,
        owed,
        token: token.clone(),
    };
    let sandbox = Arc::new(sandbox);
    left_over.into_iter().for_each(|taken| sandbox.owe(taken));

    lifecycle.spawn(
        "callbacks",
        callbacks::run(Arc::clone(&sandbox), receiver, token.clone()),
    );
    lifecycle.spawn("departments", async move {
        let stop = async move { token.cancelled().await };
        axum::serve(listener, http::router(sandbox))
            .with_graceful_shutdown(stop)
            .await?;
        Ok(())
    });
    Ok(())
}
