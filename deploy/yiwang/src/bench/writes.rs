//! `yiwang bench writes`: people who write to every service of a running installation, while it is
//! restarted or upgraded.
//!
//! Each registers, signs in, keeps drafts, reports harm to a child, hands a case in and finds exactly
//! that case. What is not answered, or with 5xx, is sent again with the same idempotency key, as a
//! phone does; whatever is refused, or is not answered in [`PATIENCE`], ends the run.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use yiwang_chassis::clock::{Clock, SystemClock};
use yiwang_gateway::demo::PASSWORD;

use super::times::Times;
use crate::{
    demo::families::{self, TOWNSHIP},
    rest::{Rest, fresh_key},
};

/// How long one write may be sent again.
const PATIENCE: Duration = Duration::from_secs(20);
/// Between two times.
const PAUSE: Duration = Duration::from_millis(250);
/// An item of each service that a citizen may have a draft of.
const DRAFTS: [&str; 5] = [
    "minimum-living",
    "marriage-registration",
    "funeral",
    "missing-person",
    "orphan",
];

/// People write through the portal of a running installation, without demo accounts, while it is
/// restarted; fails when a write does not succeed, or counts twice. Its limits per address must be off
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The portal
    #[arg(long)]
    url: String,
    /// People at once
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=256))]
    clients: u32,
    /// For so long
    #[arg(long, default_value_t = 60)]
    seconds: u64,
}

/// What happened, together.
#[derive(Default)]
struct Book {
    writes: Times,
    cases: u32,
    /// Why something had to be sent again, and how often.
    again: BTreeMap<String, u32>,
}

impl fmt::Display for Book {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let again: u32 = self.again.values().sum();
        let (writes, cases) = (self.writes.count(), self.cases);
        write!(
            f,
            "{writes} writes, {cases} of them cases, {again} sent again, {}",
            self.writes
        )
    }
}

pub(super) async fn run(args: Args) -> anyhow::Result<()> {
    let until = Instant::now() + Duration::from_secs(args.seconds);
    let book = Arc::new(Mutex::new(Book::default()));
    // Another run on the same installation meets other people: so many are not met in a second.
    let first = u32::try_from(SystemClock.now().as_second() % 4_000 * 50)?;
    let next = Arc::new(AtomicU32::new(first));
    let mut people = JoinSet::new();
    for _ in 0..args.clients {
        let person = Person {
            rest: Rest::new(&args.url)?,
            book: book.clone(),
        };
        let next = next.clone();
        people.spawn(async move {
            while Instant::now() < until {
                person.lives(next.fetch_add(1, Ordering::Relaxed)).await?;
            }
            anyhow::Ok(())
        });
    }
    let mut failed = Vec::new();
    while let Some(ended) = people.join_next().await {
        if let Err(error) = ended.context("a client panicked")? {
            println!("failed             {error:#}");
            failed.push(error);
        }
    }
    let book = book.lock().unwrap_or_else(PoisonError::into_inner);
    for (cause, times) in &book.again {
        println!("sent again         {times} times: {cause}");
    }
    println!("writes             {book}");
    ensure!(failed.is_empty(), "{} writes failed", failed.len());
    Ok(())
}

/// Somebody new each time, over the same connections.
struct Person {
    rest: Rest,
    book: Arc<Mutex<Book>>,
}

impl Person {
    async fn lives(&self, n: u32) -> anyhow::Result<()> {
        let form = families::numbered(n);
        let who = &form["applicant"];
        let login = format!("writer-{}", &fresh_key()[24..]);
        let account = json!({"login": login, "password": PASSWORD, "name": who["name"],
                             "id_number": who["id_number"], "phone": who["phone"]});
        self.write(&self.rest, "/api/v1/accounts", &account).await?;
        let session = json!({"account": login, "password": PASSWORD});
        let session = self.write(&self.rest, "/api/v1/session", &session).await?;
        let token = session["access_token"].as_str().context("no token")?;
        let citizen = self.rest.with_token(token.to_owned());
        for item in DRAFTS {
            let draft = json!({"division": TOWNSHIP, "form": {}});
            self.write(&citizen, &format!("/api/v1/drafts/{item}"), &draft)
                .await?;
        }
        let report = json!({"division": TOWNSHIP, "place": "城关镇中心小学",
                            "happened": "学生手臂有伤，不敢回家", "grounds": ["4"]});
        self.write(&self.rest, "/api/v1/child/reports", &report)
            .await?;
        let case = json!({"item": "minimum-living", "division": TOWNSHIP, "form": form,
                          "materials": []});
        let case = self.write(&citizen, "/api/v1/cases", &case).await?;
        let own = self
            .again(&citizen, Method::GET, "/api/v1/cases", None)
            .await?;
        let own: Vec<_> = own["cases"].as_array().into_iter().flatten().collect();
        ensure!(
            own.len() == 1 && own[0]["number"] == case["number"],
            "{} was handed in, the portal knows {own:?}",
            case["number"]
        );
        self.noted(|book| book.cases += 1);
        Ok(())
    }

    async fn write(&self, rest: &Rest, path: &str, body: &Value) -> anyhow::Result<Value> {
        let began = Instant::now();
        let answer = self.again(rest, Method::POST, path, Some(body)).await?;
        self.noted(|book| book.writes.add(began.elapsed()));
        Ok(answer)
    }

    async fn again(
        &self,
        rest: &Rest,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> anyhow::Result<Value> {
        let (key, began) = (fresh_key(), Instant::now());
        let mut repeated = false;
        loop {
            let cause = match rest.send_again(method.clone(), path, body, &key).await {
                Ok((status, answer)) if status.is_success() => return Ok(answer),
                // Without a key: the first one had counted.
                Ok((StatusCode::CONFLICT, answer)) if repeated => return Ok(answer),
                Ok((status, answer)) if !status.is_server_error() => {
                    anyhow::bail!("{path} answers {status}: {answer}")
                }
                Ok((status, answer)) => format!("{path} answers {status}: {answer}"),
                Err(error) => format!("{path}: {error:#}"),
            };
            ensure!(began.elapsed() < PATIENCE, "given up: {cause}");
            self.noted(|book| *book.again.entry(cause).or_default() += 1);
            repeated = true;
            tokio::time::sleep(PAUSE).await;
        }
    }

    fn noted(&self, note: impl FnOnce(&mut Book)) {
        note(&mut self.book.lock().unwrap_or_else(PoisonError::into_inner));
    }
}
