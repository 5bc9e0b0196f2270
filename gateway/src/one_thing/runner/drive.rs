//! One one-thing, from taking it to giving it back.

use futures::future::try_join_all;
use jiff::Timestamp;
use sqlx::PgConnection;
use tokio_util::sync::CancellationToken;
use yiwang_civic::calendar::WorkCalendar;

use super::{ACT_LIMIT, Engine, LEASE, Order, Point, Trouble, perform::key};
use crate::one_thing::{
    course::{Change, Class, Course, Input, Outcome, Reason, World, decide, later},
    definition::Told,
    store::{self, Heard, Lease, Loaded, Moment},
};

/// Signals and steps free each other so often at most in one transaction.
const ROUNDS: usize = 8;

impl Engine {
    /// Goes on until nothing is left to do for the moment.
    pub(super) async fn drive(
        &self,
        lease: &Lease,
        token: &CancellationToken,
    ) -> Result<(), Trouble> {
        let mut lost = lease.lost;
        loop {
            let one = self.advance(lease, lost, token.is_cancelled()).await?;
            lost = false;
            let orders = orders(&one);
            if orders.is_empty() {
                return Ok(());
            }
            let outcomes = try_join_all(orders.iter().map(|order| self.act(order))).await?;
            for (order, outcome) in orders.iter().zip(outcomes) {
                self.settle(lease, order.index, outcome).await?;
            }
        }
    }

    /// Takes in what was said and what is due, commits which acts begin, and gives the one-thing
    /// back when none does.
    async fn advance(&self, lease: &Lease, lost: bool, stopping: bool) -> Result<Loaded, Trouble> {
        let mut tx = self.pool.begin().await?;
        let mut one = self.load(&mut tx, lease).await?;
        let told = store::facts_of(&mut tx, &one.header.subject).await?;
        let (now, wall) = (self.clock.now(), self.wall.now());
        let mut sitting = Sitting::new(&mut one, &told, now, wall);
        if lost {
            sitting.give(Input::Recovered);
        }
        let definition = sitting.one.definition;
        let id = sitting.one.header.id;
        let mut open = store::waiting(&mut tx, &self.vault, definition, id).await?;
        for _ in 0..ROUNDS {
            let mut parked = Vec::new();
            for heard in open {
                match sitting.hear(&heard) {
                    Some(outcome) => store::settle_signal(&mut tx, heard.id, outcome, now).await?,
                    None => parked.push(heard),
                }
            }
            open = parked;
            let idle = stopping || sitting.give(Input::Woken);
            if idle || open.is_empty() {
                break;
            }
        }
        let changes = sitting.changes;
        store::persist(&mut tx, &self.vault, &one, lease, &changes, Moment(now)).await?;
        let kept = match one.course.running().next() {
            Some(_) => store::renew(&mut tx, lease, later(wall, LEASE)).await?,
            None => {
                let wake = match stopping {
                    true => Some(wall),
                    false => one.course.next_due(),
                };
                store::release(&mut tx, lease, one.nudges, wake, wall).await?
            }
        };
        self.commit(tx, kept).await?;
        Ok(one)
    }

    /// Commits the outcome of an act.
    async fn settle(&self, lease: &Lease, index: usize, outcome: Outcome) -> Result<(), Trouble> {
        let mut tx = self.pool.begin().await?;
        let mut one = self.load(&mut tx, lease).await?;
        let told = store::facts_of(&mut tx, &one.header.subject).await?;
        let (now, wall) = (self.clock.now(), self.wall.now());
        let mut sitting = Sitting::new(&mut one, &told, now, wall);
        sitting.give(Input::Came(index, outcome));
        let changes = sitting.changes;
        store::persist(&mut tx, &self.vault, &one, lease, &changes, Moment(now)).await?;
        let kept = store::renew(&mut tx, lease, later(wall, LEASE)).await?;
        self.commit(tx, kept).await
    }

    async fn act(&self, order: &Order<'_>) -> Result<Outcome, Trouble> {
        self.at(Point::BeforeAct).await?;
        let acted = tokio::time::timeout(ACT_LIMIT, self.performer.perform(order)).await;
        self.at(Point::AfterAct).await?;
        Ok(acted.unwrap_or_else(|_| {
            Outcome::Failed(Reason {
                class: Class::Unknown,
                code: "TIMED_OUT".to_owned(),
                text: "对方没有及时答复。".to_owned(),
            })
        }))
    }

    async fn load(&self, conn: &mut PgConnection, lease: &Lease) -> Result<Loaded, Trouble> {
        let loaded = store::load(conn, &self.vault, self.known, lease).await?;
        loaded.ok_or(Trouble::Lost)
    }

    async fn commit(
        &self,
        tx: sqlx::Transaction<'_, sqlx::Postgres>,
        kept: bool,
    ) -> Result<(), Trouble> {
        if !kept {
            return Err(Trouble::Lost);
        }
        self.at(Point::BeforeCommit).await?;
        tx.commit().await?;
        self.at(Point::AfterCommit).await
    }
}

fn orders(one: &Loaded) -> Vec<Order<'_>> {
    let order = |index: usize| {
        let state = &one.course.steps[index];
        let step = &one.definition.steps[index];
        Order {
            header: &one.header,
            definition: one.definition,
            index,
            phase: state.phase,
            key: key(&one.header, step, state.phase, state.round),
            unknown: state.unknown,
            answers: one.answers_of(state),
            results: &one.results,
        }
    };
    one.course.running().map(order).collect()
}

/// Decisions on one one-thing, one after the other.
struct Sitting<'a> {
    one: &'a mut Loaded,
    told: &'a [Told],
    now: Timestamp,
    wall: Timestamp,
    changes: Vec<Change>,
}

impl<'a> Sitting<'a> {
    fn new(one: &'a mut Loaded, told: &'a [Told], now: Timestamp, wall: Timestamp) -> Self {
        Self {
            one,
            told,
            now,
            wall,
            changes: Vec::new(),
        }
    }

    /// Decides and follows; true when nothing changed.
    fn give(&mut self, input: Input<'_>) -> bool {
        let changes = self.decide(input);
        let idle = changes.is_empty();
        self.follow(changes);
        idle
    }

    /// What became of a signal; none: it waits.
    fn hear(&mut self, heard: &Heard) -> Option<&'static str> {
        let Some(signal) = &heard.signal else {
            return Some("UNKNOWN");
        };
        let changes = self.decide(Input::Heard(signal));
        if changes.contains(&Change::Park) {
            return None;
        }
        let moot = changes.iter().find_map(|change| match change {
            Change::Moot(why) => Some(*why),
            _ => None,
        });
        self.follow(changes);
        Some(moot.unwrap_or("applied"))
    }

    fn decide(&self, input: Input<'_>) -> Vec<Change> {
        let world = World {
            answers: &self.one.answers,
            edition: self.one.edition,
            told: self.told,
            started: self.one.header.started_at,
            now: self.now,
            wall: self.wall,
            jitter: rand::random(),
            calendar: WorkCalendar::embedded(),
        };
        decide(self.one.definition, &self.one.course, world, input)
    }

    fn follow(&mut self, changes: Vec<Change>) {
        let course: &mut Course = &mut self.one.course;
        course.apply(&changes);
        for change in &changes {
            match change {
                Change::Answers(answers) => self.one.rewrite(answers.clone()),
                // The orders of this sitting are made from it before it is loaded again.
                Change::Step(index, _, Some(result)) => {
                    let code = self.one.definition.steps[*index].code;
                    self.one.results.insert(code, result.clone());
                }
                _ => {}
            }
        }
        self.changes.extend(changes);
    }
}
