//! Real servers: kept data, faults, leftovers.

use std::{fs, os::unix::fs::PermissionsExt as _, process::Stdio, time::Duration};

use sqlx::{Connection as _, PgConnection};
use tokio::{io::AsyncBufReadExt as _, io::BufReader, process::Command};

use super::*;
use crate::testing::Scratch;

async fn remembered(url: &str) -> sqlx::Result<i64> {
    let mut conn = PgConnection::connect(url).await?;
    let count = sqlx::query_scalar("select count(*) from note")
        .fetch_one(&mut conn)
        .await?;
    conn.close().await?;
    Ok(count)
}

#[tokio::test]
async fn postgres_keeps_its_data_through_kill_restart_and_a_new_start() {
    let dir = Scratch::new();
    let options = PostgresOptions {
        durable: false,
        settings: vec![("shared_buffers".into(), "16MB".into())],
        ..PostgresOptions::new(dir.path().join("pg"))
    };
    let mut server = Postgres::start(options.clone()).await.unwrap();
    let url = server.ensure_database("notes").await.unwrap();
    let mut conn = PgConnection::connect(&url).await.unwrap();
    sqlx::raw_sql("create table note (n int); insert into note values (1), (2)")
        .execute(&mut conn)
        .await
        .unwrap();

    let wrong = url.replace("yiwang:", "yiwang:x");
    assert!(
        PgConnection::connect(&wrong).await.is_err(),
        "the password counts"
    );
    assert!(matches!(
        Postgres::start(options.clone()).await,
        Err(ServerError::InUse(_))
    ));

    server.kill9().await;
    assert!(remembered(&url).await.is_err());
    server.restart().await.unwrap();
    assert_eq!(remembered(&url).await.unwrap(), 2);

    let pid = server.pid();
    server.stop().await;
    assert!(!fs::exists(format!("/proc/{pid}")).unwrap());
    let server = Postgres::start(options).await.unwrap();
    let url = server.ensure_database("notes").await.unwrap();
    assert_eq!(remembered(&url).await.unwrap(), 2);
}

#[tokio::test]
async fn a_server_left_by_a_killed_run_is_replaced() {
    let dir = Scratch::new();
    let options = PostgresOptions::throwaway(dir.path().join("pg"));
    let server = Postgres::start(options.clone()).await.unwrap();
    let left = server.pid();
    // As after kill -9 of the starter: nobody stops the server, the lock is gone.
    let home = server.dir().to_owned();
    std::mem::forget(server);
    fs::remove_file(home.join("lock")).unwrap();

    let server = Postgres::start(options).await.unwrap();
    assert_ne!(server.pid(), left);
    assert!(PgConnection::connect(&server.url()).await.is_ok());
}

#[tokio::test]
async fn a_stale_pid_file_that_names_a_stranger_harms_nobody() {
    let dir = Scratch::new();
    let options = PostgresOptions::throwaway(dir.path().join("pg"));
    let server = Postgres::start(options.clone()).await.unwrap();
    let data = server.dir().join("data");
    server.stop().await;

    let mut stranger = std::process::Command::new("sleep")
        .arg("600")
        .spawn()
        .unwrap();
    let stale = format!(
        "{}\n{}\n1\n5432\n\n127.0.0.1\n1 1\nready\n",
        stranger.id(),
        data.display()
    );
    fs::write(data.join("postmaster.pid"), stale).unwrap();
    let server = Postgres::start(options).await.unwrap();
    assert!(PgConnection::connect(&server.url()).await.is_ok());
    assert!(stranger.try_wait().unwrap().is_none());
    stranger.kill().unwrap();
    stranger.wait().unwrap();
}

#[tokio::test]
async fn nats_keeps_its_store_until_it_is_wiped() {
    let dir = Scratch::new();
    let mut server = Nats::start(NatsOptions::new(dir.path().join("nats")))
        .await
        .unwrap();
    let address: async_nats::ServerAddr = server.url().parse().unwrap();
    assert!(
        async_nats::connect(&address).await.is_err(),
        "the password counts"
    );
    let (user, password) = (address.username().unwrap(), address.password().unwrap());
    let options = async_nats::ConnectOptions::with_user_and_password(user.into(), password.into());
    let client = options.connect(&address).await.unwrap();
    let jetstream = async_nats::jetstream::new(client);
    jetstream.create_stream("NOTES").await.unwrap();

    server.kill9().await;
    server.restart().await.unwrap();
    assert!(jetstream.get_stream("NOTES").await.is_ok());
    server.wipe().await.unwrap();
    assert!(jetstream.get_stream("NOTES").await.is_err());
}

/// Runs twice: the test starts its own program again, as the one to be killed.
#[tokio::test]
async fn servers_end_with_a_killed_starter() {
    const DIR: &str = "YIWANG_TEST_STARTER_DIR";
    if let Some(dir) = std::env::var_os(DIR) {
        let dir = PathBuf::from(dir);
        let postgres = PostgresOptions::throwaway(dir.join("pg"));
        let postgres = Postgres::start(postgres).await.unwrap();
        let nats = Nats::start(NatsOptions::throwaway(dir.join("nats")))
            .await
            .unwrap();
        println!("\nstarted {} {}", postgres.pid(), nats.pid());
        return std::future::pending().await;
    }

    let dir = Scratch::new();
    let mut starter = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "servers::tests::servers_end_with_a_killed_starter",
            "--nocapture",
        ])
        .env(DIR, dir.path())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(starter.stdout.take().unwrap()).lines();
    let pids: Vec<u32> = loop {
        let line = lines.next_line().await.unwrap().expect("the starter ended");
        if let Some(pids) = line.strip_prefix("started ") {
            break pids.split(' ').map(|pid| pid.parse().unwrap()).collect();
        }
    };
    assert!(pids.iter().all(|pid| runs(*pid)));
    starter.kill().await.unwrap();
    while pids.iter().any(|pid| runs(*pid)) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let options = PostgresOptions::throwaway(dir.path().join("pg"));
    let server = Postgres::start(options).await.unwrap();
    assert!(PgConnection::connect(&server.url()).await.is_ok());
}

#[test]
fn a_server_must_be_able_to_reach_its_directory() {
    let hidden = tempfile::tempdir().unwrap();
    fs::set_permissions(hidden.path(), fs::Permissions::from_mode(0o700)).unwrap();
    let nobody = home::RunAs::of(65_534);
    assert!(nobody.can_reach(Path::new("/yiwang")));
    assert!(!nobody.can_reach(&hidden.path().join("pg")));
}

/// Whether a process runs; the command line of a zombie is empty.
fn runs(pid: u32) -> bool {
    fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|line| !line.is_empty())
}
