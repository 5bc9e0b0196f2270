//! The line between a phone and the product: it can be cut, and it can lose an answer.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use anyhow::Context;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// How the line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Everything passes.
    Good,
    /// Nothing passes.
    None,
    /// What the phone sends arrives; the answer to what it must not lose does not.
    Deaf,
    /// As deaf, but the answer comes once the line is different.
    Late,
}

/// A line to one place.
#[derive(Debug)]
pub struct Line {
    base: String,
    signal: watch::Sender<Signal>,
    lost: Arc<AtomicU32>,
}

impl Line {
    /// Lays a line to the product at `base`, which loses the answers to requests that begin with
    /// `loses`, e.g. `POST /x`.
    ///
    /// # Errors
    /// No port is free.
    pub async fn to(base: &str, loses: &'static str) -> anyhow::Result<Self> {
        let far = base.strip_prefix("http://").context("no http address")?;
        let far: SocketAddr = far.parse()?;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let base = format!("http://{}", listener.local_addr()?);
        let (signal, seen) = watch::channel(Signal::Good);
        let lost = Arc::<AtomicU32>::default();
        let losses = lost.clone();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let mut seen = seen.clone();
                if *seen.borrow_and_update() == Signal::None {
                    continue;
                }
                let losses = losses.clone();
                tokio::spawn(async move {
                    let now = *seen.borrow();
                    tokio::select! {
                        _ = pass(near, far, (seen.clone(), loses), &losses) => {}
                        // Whatever was under way is gone.
                        _ = seen.wait_for(|signal| *signal != now), if now != Signal::Late => {}
                    }
                });
            }
        });
        Ok(Self { base, signal, lost })
    }

    /// The product's address as the phone knows it.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// How many answers were lost or are late.
    pub fn lost(&self) -> u32 {
        self.lost.load(Ordering::Relaxed)
    }

    /// From now on.
    pub fn set(&self, signal: Signal) {
        self.signal.send_replace(signal);
    }
}

async fn pass(
    mut near: TcpStream,
    far: SocketAddr,
    (mut seen, loses): (watch::Receiver<Signal>, &str),
    lost: &AtomicU32,
) -> std::io::Result<()> {
    let mut far = TcpStream::connect(far).await?;
    if *seen.borrow() == Signal::Good {
        tokio::io::copy_bidirectional(&mut near, &mut far).await?;
        return Ok(());
    }
    let (mut asked, mut answered) = (vec![0; 65_536], vec![0; 65_536]);
    let mut deaf = false;
    loop {
        tokio::select! {
            read = near.read(&mut asked) => {
                let part = &asked[..read?];
                if part.is_empty() {
                    return Ok(());
                }
                deaf |= part.starts_with(loses.as_bytes());
                far.write_all(part).await?;
            }
            read = far.read(&mut answered) => {
                let part = &answered[..read?];
                if part.is_empty() {
                    return Ok(());
                }
                // The product has answered, so it has stored; nobody hears it.
                if deaf {
                    lost.fetch_add(1, Ordering::Relaxed);
                    let later = seen.wait_for(|signal| *signal != Signal::Late).await;
                    if !later.is_ok_and(|signal| *signal == Signal::Good) {
                        return Ok(());
                    }
                    deaf = false;
                }
                near.write_all(part).await?;
            }
        }
    }
}
