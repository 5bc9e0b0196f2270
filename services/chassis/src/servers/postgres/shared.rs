//! One PostgreSQL for many test processes, kept for a while after the last one.
//!
//! Test runners start a process per test, so no test can own the server. A small
//! shell keeper owns it and ends it ten minutes after the last use.

use std::{
    fs::{self, File},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use nix::sys::signal::Signal;
use sqlx::{Connection as _, PgConnection};

use super::{
    super::{ServerError, free_port, home::Home, log_tail},
    PostgresOptions, binaries, init, url,
};

/// Ends the server (its first argument and the rest) when `used` is old or gone.
const KEEPER: &str = r#"
used=$1; shift
"$@" & server=$!
trap 'kill -INT $server; wait $server; exit' TERM INT
while kill -0 $server 2>/dev/null; do
  [ -n "$(find "$used" -mmin -10 2>/dev/null)" ] || kill -INT $server
  sleep 5
done
"#;

/// URL of the maintenance database of the server in `dir`, started when needed.
pub(crate) async fn start_shared(dir: PathBuf) -> Result<String, ServerError> {
    let options = PostgresOptions::throwaway(dir);
    // Tests that come at the same time wait here for the first one.
    let gate = options.dir.with_extension("gate");
    if let Some(parent) = gate.parent() {
        fs::create_dir_all(parent).map_err(ServerError::io(format!("cannot create {parent:?}")))?;
    }
    let gate = File::create(&gate).map_err(ServerError::io(format!("cannot create {gate:?}")))?;
    gate.lock()
        .map_err(ServerError::io("cannot lock the test server"))?;

    let home = Home::open(&options.dir)?;
    let used = home.write("used", "")?;
    if let Some(url) = running(&home).await {
        return Ok(url);
    }
    let data = home.dir.join("data");
    home.stop_leftovers("postgres", &data, Signal::SIGQUIT)
        .await;
    let _ = fs::remove_file(data.join("postmaster.pid"));
    let bin = binaries(&data)?;
    if !data.join("PG_VERSION").exists() {
        init(&home, &bin, &data, &options).await?;
    }
    let port = free_port()?;
    let mut keeper = Command::new("sh");
    keeper
        .args(["-c", KEEPER, "keeper"])
        .arg(&used)
        .arg(bin.join("postgres"));
    keeper.args(options.arguments(&data, port)).process_group(0);
    home.adopt(&mut keeper)?;
    keeper.spawn().map_err(ServerError::io(
        "cannot start the keeper of the test server",
    ))?;

    for _ in 0..1_000 {
        if let Some(url) = running(&home).await {
            return Ok(url);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Err(ServerError::NotReady {
        program: "postgres",
        log: log_tail(&home.log()),
    })
}

/// The URL of the server that postmaster.pid names, when it answers.
async fn running(home: &Home) -> Option<String> {
    let url = url(None, port_of(&home.dir.join("data"))?, "postgres");
    let mut conn = PgConnection::connect(&url).await.ok()?;
    // Another server may listen on the port of a dead one: ask for its directory.
    let answer: String = sqlx::query_scalar("show data_directory")
        .fetch_one(&mut conn)
        .await
        .ok()?;
    (Path::new(&answer) == home.dir.join("data")).then_some(url)
}

fn port_of(data: &Path) -> Option<u16> {
    let status = fs::read_to_string(data.join("postmaster.pid")).ok()?;
    status.lines().nth(3)?.trim().parse().ok()
}
