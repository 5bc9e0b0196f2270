//! The process dies, or sleeps past its lease, at every point of every run.

use std::{
    ops::ControlFlow,
    sync::atomic::{AtomicUsize, Ordering},
};

use super::*;
use crate::one_thing::runner::{LEASE, Point, Trouble};

/// Counts points; at one of them the process dies.
struct Dies {
    left: AtomicUsize,
    seen: AtomicUsize,
}

#[tonic::async_trait]
impl Probe for Dies {
    async fn at(&self, _: Point) -> ControlFlow<()> {
        self.seen.fetch_add(1, Ordering::SeqCst);
        match self.left.fetch_sub(1, Ordering::SeqCst) {
            1 => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }
}

fn dies_at(point: usize) -> Arc<Dies> {
    Arc::new(Dies {
        left: AtomicUsize::new(point),
        seen: AtomicUsize::new(0),
    })
}

/// Sleeps at one point, twice as long as its lease, while another gateway goes on.
struct Sleeps {
    left: AtomicUsize,
    clock: ManualClock,
    other: Engine,
    slept: std::sync::Mutex<Option<Point>>,
}

#[tonic::async_trait]
impl Probe for Sleeps {
    async fn at(&self, point: Point) -> ControlFlow<()> {
        if self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            *self.slept.lock().unwrap() = Some(point);
            self.clock.advance(LEASE + LEASE);
            self.other.work_off().await.unwrap();
        }
        ControlFlow::Continue(())
    }
}

/// Works like [`World::finish`], with a process that may die: another one takes over.
async fn finish(
    world: &World,
    first: &Engine,
    second: &Engine,
    run: &Run,
    (way, end): (Way, Parent),
) {
    let officer = match way {
        Way::Corrected(_) => "return",
        _ => "skip",
    };
    let mut alive = true;
    for _ in 0..60 {
        let engine = if alive { first } else { second };
        match engine.work_off().await {
            Ok(()) | Err(Trouble::Lost) => {}
            Err(Trouble::Dead) => alive = false,
            Err(Trouble::Fault(fault)) => panic!("{fault:?}"),
        }
        if world.parent(run).await == end {
            // Also what died after its last commit is taken up once more.
            world.clock.advance(LEASE + LEASE);
            second.work_off().await.unwrap();
            return;
        }
        world.help(run, None, Some(officer)).await;
        world.clock.advance(SignedDuration::from_mins(20));
    }
    panic!("it does not end");
}

/// How a run goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Forward,
    Back,
    /// This step is refused, sent back, and granted after the form was corrected.
    Corrected(&'static str),
}

impl Way {
    fn end(self) -> Parent {
        match self {
            Self::Back => Parent::Terminated,
            _ => Parent::Done,
        }
    }

    fn of(self, office: Office) -> Arc<Office> {
        Arc::new(match self {
            Self::Corrected(step) => office.refusing_once(step),
            _ => office,
        })
    }
}

/// Forward, and for what can become void also back; the shortest one with a correction as well,
/// which is the same in all.
fn courses() -> impl Iterator<Item = (&'static Definition, Way)> {
    let shortest = definitions::ALL.iter().map(|one| one.steps.len()).min();
    definitions::ALL.iter().flat_map(move |one| {
        let mut asks = one.steps.iter().filter(|step| step.act.reads_the_form());
        let asked = asks.next().filter(|_| Some(one.steps.len()) == shortest);
        let corrected = asked.map(|step| Way::Corrected(step.code));
        let back = one.void_when.map(|_| Way::Back);
        let ways = [Some(Way::Forward), corrected, back].into_iter().flatten();
        ways.map(|way| (*one, way))
    })
}

/// Starts one, and for the way back brings it to its end first.
async fn prepared(
    world: &World,
    definition: &'static Definition,
    way: Way,
    office: &Arc<Office>,
) -> Run {
    let run = world.start(definition).await;
    if way == Way::Back {
        let engine = world.engine(office.clone(), None);
        world.finish(&engine, &run, None, None).await;
        world
            .tell(&run.subject, definition.void_when.unwrap().fact)
            .await;
    }
    run
}

#[tokio::test]
async fn killed_before_and_after_each_persist_and_each_act_nothing_is_lost_or_done_twice() {
    let world = World::new().await;
    for (definition, way) in courses() {
        let end = way.end();
        let mut point = 0;
        loop {
            point += 1;
            let office = way.of(Office::good());
            let run = prepared(&world, definition, way, &office).await;
            let probe = dies_at(point);
            let first = world.engine(office.clone(), Some(probe.clone()));
            let second = world.engine(office.clone(), None);
            finish(&world, &first, &second, &run, (way, end)).await;
            world.check(&run, &office).await;
            assert_eq!(
                world.parent(&run).await,
                end,
                "{} at {point}",
                definition.code
            );
            if probe.seen.load(Ordering::SeqCst) < point {
                break;
            }
        }
        let reaching = definition
            .steps
            .iter()
            .filter(|step| step.act.reaches_out())
            .count();
        assert!(
            point > 4 * reaching / (1 + usize::from(way == Way::Back)),
            "only {point} points were reached"
        );
    }
}

#[tokio::test]
async fn an_owner_that_wakes_after_its_lease_writes_nothing_and_does_nothing_twice() {
    let world = World::new().await;
    for (definition, way) in courses() {
        let end = way.end();
        let (mut point, mut slept) = (0, vec![]);
        loop {
            point += 1;
            let office = way.of(Office::overlapping());
            let run = prepared(&world, definition, way, &office).await;
            let other = world.engine(office.clone(), None);
            let probe = Arc::new(Sleeps {
                left: AtomicUsize::new(point),
                clock: world.clock.clone(),
                other: world.engine(office.clone(), None),
                slept: std::sync::Mutex::default(),
            });
            let first = world.engine(office.clone(), Some(probe.clone()));
            finish(&world, &first, &other, &run, (way, end)).await;
            world.check(&run, &office).await;
            assert_eq!(
                world.parent(&run).await,
                end,
                "{} at {point}",
                definition.code
            );
            let at = *probe.slept.lock().unwrap();
            match at {
                Some(at) => slept.push(at),
                None => break,
            }
        }
        for kind in [
            Point::BeforeCommit,
            Point::AfterCommit,
            Point::BeforeAct,
            Point::AfterAct,
        ] {
            assert!(slept.contains(&kind), "nobody slept at {kind:?}");
        }
    }
}
