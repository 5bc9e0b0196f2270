//! The clocks of the search and the public board (rules R06).

mod board;
mod dna;
mod escalate;
mod photo;
mod red;

use jiff::Timestamp;
use sqlx::PgPool;
use yiwang_casework::{Actor, Context};
use yiwang_chassis::db::to_chrono;
use yiwang_rescue::{
    domain::search::{Begin, Law, Search},
    search::NoticesService,
};

use crate::world::World;

/// 咸宁市救助管理站.
const XIANNING: &str = "421202001-JZ01";
/// 竹山县救助管理站.
const ZHUSHAN: &str = "420323100-JZ01";

fn service(world: &World) -> NoticesService {
    NoticesService::new(world.rt.clone())
}

fn at(beijing: &str) -> Timestamp {
    format!("{beijing}+08:00").parse().unwrap()
}

/// Somebody at a station, as far as lists ask.
async fn arrive(pool: &PgPool, case_number: &str, station: &str, now: Timestamp) {
    sqlx::query(
        "insert into rescue.stay (case_number, station, state, sex, arrived_at, sealed)
         values ($1, $2, 'arrived', 'male', $3, ''::bytea)",
    )
    .bind(case_number)
    .bind(station)
    .bind(to_chrono(now))
    .execute(pool)
    .await
    .unwrap();
}

static CLOCK: Actor = Actor::System(String::new());

/// The numbers in force in 咸宁.
fn law(world: &World) -> Law<'_> {
    let cx = Context {
        now: world.rt.now(),
        actor: &CLOCK,
        calendar: world.rt.calendar,
        rules: &world.rt.rules,
        division: "421202001",
        county: "421202",
    };
    Law::load(&cx).unwrap()
}

fn begun(entered: &str, law: &Law<'_>) -> Search {
    let begin = Begin {
        entered_at: at(entered),
        suspected_at: None,
        publishable: true,
    };
    Search::begin(begin, law)
}
