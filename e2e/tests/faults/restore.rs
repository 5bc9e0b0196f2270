//! Everything is lost and comes back: base backup and WAL to a moment, then dumps. The drill that
//! an operator runs is what is run here.

use std::{path::Path, process::Stdio};

use anyhow::{Context, ensure};
use tokio::process::Command;
use yiwang_e2e::binary;

#[tokio::test]
async fn what_was_backed_up_comes_back() -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let drill = root.context("no workspace")?.join("deploy/drill-restore");
    let status = Command::new(drill)
        .env("YIWANG_BIN", binary()?)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .status()
        .await?;
    ensure!(status.success(), "the drill ended with {status}");
    Ok(())
}
