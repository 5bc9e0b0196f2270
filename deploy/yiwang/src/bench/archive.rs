//! A large file of historical marriages through the product: two entries over REST, reading,
//! comparing, deciding, publishing. Every planted error must be named and no row lost.

mod file;
mod verify;
mod workbook;

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::product::Product;
use crate::rest::Rest;
use file::File;

/// 竹山县城关镇.
const TOWNSHIP: &str = "420323100";

/// How often the state of the batch is asked for.
const ASK_EVERY: Duration = Duration::from_millis(20);

/// No step may take longer.
const LIMIT: Duration = Duration::from_secs(3600);

/// What both entries are handed in as.
#[derive(Clone, Copy, Default, clap::ValueEnum)]
pub(crate) enum Format {
    /// Comma-separated values
    #[default]
    Csv,
    /// A spreadsheet, its texts in one shared table
    Xlsx,
}

impl Format {
    fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Generates the file, runs it through and prints the rates.
pub(super) async fn run(dir: &Path, rows: u32, format: Format) -> anyhow::Result<()> {
    let product = Product::start(dir).await?;
    let idle = product.resident_mb()?;
    product.forget_peak()?;
    let stranger = Rest::new(product.url())?;
    let mut file = File::generate(rows);
    if let Format::Xlsx = format {
        file.one = workbook::of_csv(&file.one)?;
        file.other = workbook::of_csv(&file.other)?;
    }
    let kind = format.media_type();
    let mega = |bytes: usize| bytes as f64 / 1e6;
    println!(
        "file               {rows} rows, {:.1} MB, {} planted errors",
        mega(file.one.len()),
        file.planted.len()
    );
    let mut first = Officer::sign_in(&stranger, "clerk").await?;
    let mut second = Officer::sign_in(&stranger, "hall3").await?;
    let mut third = Officer::sign_in(&stranger, "county").await?;
    let new = json!({"title": "测速批次", "division": TOWNSHIP});
    let batch = first.post("/api/v1/archive/batches", &new).await?;
    let batch = batch["id"].as_str().context("no id")?;
    let batch = format!("/api/v1/archive/batches/{batch}");

    let began = Instant::now();
    first
        .upload(&format!("{batch}/entries/1"), kind, file.one.clone())
        .await?;
    let mut uploading = began.elapsed();
    let mut reading = third.until(&batch, &["open"]).await?;
    let read = third.get(&batch).await?;
    ensure!(read["rows"] == rows, "not {rows} rows were read: {read}");
    let began = Instant::now();
    second
        .upload(&format!("{batch}/entries/2"), kind, file.other.clone())
        .await?;
    uploading += began.elapsed();
    reading += third.until(&batch, &["comparing", "ready"]).await?;
    let size = mega(file.one.len() + file.other.len());
    println!(
        "uploading          {:.1} MB/s",
        size / uploading.as_secs_f64()
    );
    tell("reading", 2 * rows, reading);
    println!("memory, reading    {} MB at most", product.peak_mb()?);
    tell("comparing", rows, third.until(&batch, &["ready"]).await?);

    let began = Instant::now();
    verify::named(&mut third, &batch, &file, false).await?;
    let decisions = file.decisions();
    for (row, choice) in &decisions {
        let body = json!({"choice": choice, "reason": "与原件核对"});
        third
            .post(&format!("{batch}/rows/{row}/decision"), &body)
            .await?;
    }
    let took = began.elapsed();
    println!(
        "deciding           {} rows in {:.1} s",
        decisions.len(),
        took.as_secs_f64()
    );
    third.post(&format!("{batch}/publish"), &json!({})).await?;
    let publishing = third.until(&batch, &["published"]).await?;
    tell("publishing", rows - file.dropped(), publishing);
    let peak = product.peak_mb()?;
    println!("memory             {idle} MB idle, {peak} MB at most");

    verify::named(&mut third, &batch, &file, true).await?;
    verify::published(&product.database("marriage")?, &mut third, &batch, &file).await?;
    println!("found              every planted error, with row and field; no row was lost");
    product.stop().await
}

fn tell(step: &str, rows: u32, took: Duration) {
    let seconds = took.as_secs_f64();
    let rate = f64::from(rows) / seconds.max(0.001);
    println!("{step:18} {rate:.0} rows/s ({rows} rows in {seconds:.1} s)");
}

/// Somebody at work, signed in again when the token has run out.
struct Officer {
    login: &'static str,
    rest: Rest,
}

impl Officer {
    async fn sign_in(stranger: &Rest, login: &'static str) -> anyhow::Result<Self> {
        let rest = stranger.demo_account(login).await?;
        Ok(Self { login, rest })
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> anyhow::Result<Value> {
        let mut answer = self.rest.send(method.clone(), path, body).await?;
        if answer.0 == StatusCode::UNAUTHORIZED {
            self.rest = self.rest.demo_account(self.login).await?;
            answer = self.rest.send(method, path, body).await?;
        }
        let (status, value) = answer;
        ensure!(status.is_success(), "{path} answers {status}: {value}");
        Ok(value)
    }

    async fn get(&mut self, path: &str) -> anyhow::Result<Value> {
        self.send(Method::GET, path, None).await
    }

    async fn post(&mut self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.send(Method::POST, path, Some(body)).await
    }

    async fn upload(&mut self, path: &str, kind: &str, file: Vec<u8>) -> anyhow::Result<Value> {
        self.rest.put(path, kind, file).await
    }

    /// Waits for one of these states; how long it took.
    async fn until(&mut self, batch: &str, states: &[&str]) -> anyhow::Result<Duration> {
        let began = Instant::now();
        loop {
            let found = self.get(batch).await?;
            let state = found["state"].as_str().unwrap_or_default();
            if states.contains(&state) {
                return Ok(began.elapsed());
            }
            ensure!(state != "open", "a file was refused: {found}");
            ensure!(began.elapsed() < LIMIT, "the batch stays {state}: {found}");
            tokio::time::sleep(ASK_EVERY).await;
        }
    }
}
