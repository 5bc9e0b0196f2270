//! A popular day: at 08:00 hundreds want the few places of one time of a hall, all at once,
//! through gateway and service. Exactly the places are booked, and everybody gets an answer.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};
use tokio::{sync::Barrier, task::JoinSet};
use yiwang_gateway::demo;

use super::{baseline, product::Product, times::Times};
use crate::{demo::families::id_number, rest::Rest};

/// 咸安区婚姻登记处 of the demonstration.
const HALL: &str = "421202001-01";
/// Accounts made at the same time: passwords are slow to hash.
const REGISTERING: usize = 8;

/// Runs the rush on a fresh installation and prints what came of it.
pub(super) async fn run(dir: &Path, people: u32, places: u32) -> anyhow::Result<()> {
    let product = Product::start(dir).await?;
    let database = product.database("marriage")?;
    let stranger = Rest::new(product.url())?;
    let crowd = gather(&stranger, people).await?;
    println!("people             {people}, each with an account and a session");
    let starts_at = open(&stranger, &database, places).await?;
    println!("places             {places} at {starts_at}");
    let before = baseline::rows(&database).await?;

    let start = Arc::new(Barrier::new(crowd.len()));
    let mut rush = JoinSet::new();
    for person in crowd {
        let (start, body) = (Arc::clone(&start), person.booking(&starts_at));
        rush.spawn(async move {
            start.wait().await;
            let began = Instant::now();
            let answer = person
                .rest
                .send(Method::POST, "/api/v1/appointments", Some(&body));
            anyhow::Ok((answer.await?, began.elapsed()))
        });
    }
    let began = Instant::now();
    let (mut booked, mut took) = (Times::default(), Times::default());
    while let Some(answer) = rush.join_next().await {
        let ((status, answer), after) = answer.context("a client panicked")??;
        match (status, answer["code"].as_str()) {
            (StatusCode::CREATED, _) => booked.add(after),
            (_, Some("SLOT_FULL")) => {}
            _ => bail!("neither booked nor told that it is full: {status} {answer}"),
        }
        took.add(after);
    }
    let all = began.elapsed();
    println!(
        "booked             {} of {people}, the others were told that it is full",
        booked.count()
    );
    println!(
        "everybody answered {took}; all within {:.0} ms",
        all.as_secs_f64() * 1000.0
    );
    println!("who got a place    {booked}");
    sold(&database, places.min(people), booked.count()).await?;
    let script = baseline::script(&database, &before, booked.count() as u64).await?;
    println!("inserts per place  {}", script.summary);
    let time = Duration::from_secs(5);
    let theirs = baseline::pgbench(&database, dir, &script, places.clamp(1, 32), time).await?;
    let ours = f64::from(people) / all.as_secs_f64();
    println!("pgbench            {theirs:.0} transactions/s, the inserts of a booking");
    println!(
        "ratio              {:.0} % ({ours:.0} answers/s)",
        100.0 * ours / theirs
    );
    product.stop().await
}

/// Somebody with an account.
struct Person {
    rest: Rest,
    name: &'static str,
    id_number: String,
    partner: String,
}

impl Person {
    async fn register(stranger: Rest, serial: u32) -> anyhow::Result<Self> {
        let name = "何青山";
        let numbered = |year: u32, sex: u32| {
            let (month, sequence) = (serial / 400 + 1, 100 + serial % 400 * 2 + sex);
            id_number(&format!("{year}{month:02}18{sequence:03}"))
        };
        let login = format!("rush{serial}");
        let id = numbered(1992, 1);
        let account = json!({
            "login": login, "password": demo::PASSWORD, "name": name,
            "id_number": id, "phone": "13871234567",
        });
        stranger.post("/api/v1/accounts", &account).await?;
        let credentials = json!({"account": login, "password": demo::PASSWORD});
        let session = stranger.post("/api/v1/session", &credentials).await?;
        let token = session["access_token"].as_str().context("no token")?;
        Ok(Self {
            rest: stranger.with_token(token.to_owned()),
            name,
            id_number: id,
            partner: numbered(1993, 0),
        })
    }

    fn booking(&self, starts_at: &str) -> Value {
        json!({
            "hall": HALL, "starts_at": starts_at, "kind": "marriage", "phone": "13871234567",
            "visitors": [
                {"name": self.name, "id_number": self.id_number},
                {"name": "马小燕", "id_number": self.partner},
            ],
        })
    }
}

async fn gather(stranger: &Rest, people: u32) -> anyhow::Result<Vec<Person>> {
    let (mut crowd, mut coming) = (Vec::new(), JoinSet::new());
    for serial in 0..people {
        if coming.len() >= REGISTERING {
            let person = coming.join_next().await.context("nobody comes")?;
            crowd.push(person.context("a client panicked")??);
        }
        coming.spawn(Person::register(stranger.clone(), serial));
    }
    for person in coming.join_all().await {
        crowd.push(person?);
    }
    Ok(crowd)
}

/// Gives the hall so many places at a time and moves the clock to 08:00 of the next day; the
/// first time that can be booked then.
async fn open(stranger: &Rest, database: &str, places: u32) -> anyhow::Result<String> {
    let mut conn = PgConnection::connect(database).await?;
    sqlx::query("update marriage.hall set slot_capacity = $1 where code = $2")
        .bind(i32::try_from(places)?)
        .bind(HALL)
        .execute(&mut conn)
        .await?;
    let clock = stranger.get("/api/v1/demo/clock").await?;
    let now = clock["now"].as_str().context("no time")?;
    let now: jiff::Timestamp = now.parse()?;
    let tomorrow = yiwang_civic::time::beijing_date(now).tomorrow()?;
    let eight = json!({"set": format!("{tomorrow}T08:00:00+08:00")});
    stranger.post("/api/v1/demo/clock", &eight).await?;
    let days = stranger.get(&format!("/api/v1/halls/{HALL}/days")).await?;
    let days = days["days"].as_array().context("no days")?;
    let free = days.iter().filter(|day| day["free"].as_i64() > Some(0));
    for day in free.filter_map(|day| day["day"].as_str()) {
        let slots = format!("/api/v1/halls/{HALL}/slots?day={day}");
        let slots = stranger.get(&slots).await?;
        let slots = slots["slots"].as_array().context("no slots")?;
        let whole = |slot: &&Value| slot["free"].as_i64() == Some(i64::from(places));
        if let Some(slot) = slots.iter().find(whole) {
            return Ok(slot["starts_at"].as_str().context("no time")?.to_owned());
        }
    }
    bail!("no time of {HALL} can be booked")
}

/// Fails unless the database holds exactly what was sold.
async fn sold(database: &str, places: u32, booked: usize) -> anyhow::Result<()> {
    ensure!(booked == places as usize, "{booked} booked, not {places}");
    let mut conn = PgConnection::connect(database).await?;
    let (taken, appointments): (i64, i64) = sqlx::query_as(
        "select (select max(booked) from marriage.slot where hall = $1)::bigint,
                (select count(*) from marriage.appointment a
                  join marriage.slot s using (hall, starts_at)
                  where hall = $1 and s.booked = s.capacity)",
    )
    .bind(HALL)
    .fetch_one(&mut conn)
    .await?;
    let places = i64::from(places);
    ensure!(
        (taken, appointments) == (places, places),
        "{taken} places taken by {appointments} appointments, not {places}"
    );
    Ok(())
}
