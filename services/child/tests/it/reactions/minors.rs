//! Minors of rescue stations.

use yiwang_child::reactions::Minors;
use yiwang_proto::rescue::v1::{MinorFound, MinorHandedOver, ReturnNeeds, StayChanged};

use super::told;
use crate::world::{CHENGGUAN, World};

const STAY: &str = "ZN420323260512000000197";

#[derive(Clone, Copy, Debug)]
enum Told {
    Found,
    Handed,
    Identified,
    Left,
    Needs,
}

async fn tell(world: &World, what: Told) {
    let minors = Minors {
        runtime: world.rt.clone(),
    };
    let stay = |person: &str, leave_type: &str| StayChanged {
        case_number: STAY.to_owned(),
        station: "420323-JZ01".to_owned(),
        person: person.to_owned(),
        minor: true,
        leave_type: leave_type.to_owned(),
        on: "2026-05-12".to_owned(),
    };
    match what {
        Told::Found => {
            let found = MinorFound {
                case_number: STAY.to_owned(),
                station: "420323-JZ01".to_owned(),
                division: CHENGGUAN.to_owned(),
                person: String::new(),
                cause: "wandering".to_owned(),
            };
            told(world, &minors, "rescue.minor.found", STAY, &found).await;
        }
        Told::Handed => {
            let handed = MinorHandedOver {
                case_number: STAY.to_owned(),
                station: "420323-JZ01".to_owned(),
                division: CHENGGUAN.to_owned(),
                person: String::new(),
                cause: "wandering".to_owned(),
                care: "protection".to_owned(),
                document: "竹民监〔2026〕1号".to_owned(),
            };
            told(world, &minors, "rescue.minor.handed_over", STAY, &handed).await;
        }
        Told::Identified => {
            told(
                world,
                &minors,
                "rescue.stay.identified",
                STAY,
                &stay("a1", ""),
            )
            .await;
        }
        Told::Left => {
            told(
                world,
                &minors,
                "rescue.stay.left",
                STAY,
                &stay("a1", "fetched"),
            )
            .await;
        }
        Told::Needs => {
            let needs = ReturnNeeds {
                case_number: "HS420323260512000000197".to_owned(),
                person: "a1".to_owned(),
                division: "420323101".to_owned(),
                needs: vec!["guardianship".to_owned()],
            };
            told(world, &minors, "rescue.return.needs", "a1", &needs).await;
        }
    }
}

/// What is open in the end, without ids.
async fn state(world: &World) -> Vec<String> {
    world
        .texts(
            "select kind || ' ' || division || ' ' || subject || ' ' || due_at::date
               from child.task where state <> 'done'
              union all
             select 'row ' || person_key || ' ' || minor || ' ' || revisit || ' ' || household
               from child.rescued_minor
              order by 1",
        )
        .await
}

async fn after(story: &[Told]) -> Vec<String> {
    let world = World::new().await;
    for what in story {
        tell(&world, *what).await;
    }
    state(&world).await
}

#[tokio::test]
async fn found_is_guarded_once() {
    let world = World::new().await;
    for what in [
        Told::Found,
        Told::Found,
        Told::Handed,
        Told::Handed,
        Told::Found,
    ] {
        tell(&world, what).await;
    }
    let cases = world.texts("select item from casework.case_file").await;
    assert_eq!(cases, ["temporary-guardianship"]);
    // Nobody knows whose child it is: after two years somebody registers the household.
    let household = "select kind || ' ' || shown_from::date from child.task where state <> 'done'";
    assert_eq!(world.texts(household).await, ["household 2028-05-11"]);
}

#[tokio::test]
async fn the_same_is_left_whatever_the_order() {
    use Told::{Found, Identified, Left, Needs};
    // Events of the stay keep their order; the others come when they come.
    let stories = [
        [Found, Identified, Left, Needs],
        [Identified, Found, Left, Needs],
        [Identified, Left, Found, Needs],
        [Needs, Identified, Left, Found],
        [Identified, Needs, Left, Found],
        [Needs, Found, Identified, Left],
    ];
    let first = after(&stories[0]).await;
    assert!(
        first
            .iter()
            .any(|line| line.starts_with("revisit 420323101 a1 2026-08-12")),
        "{first:?}"
    );
    assert!(
        first.iter().all(|line| !line.starts_with("household")),
        "{first:?}"
    );
    for story in &stories[1..] {
        assert_eq!(after(story).await, first, "{story:?}");
        // Told three times over.
        let thrice: Vec<Told> = story.iter().flat_map(|it| [*it, *it, *it]).collect();
        assert_eq!(after(&thrice).await, first, "{story:?} thrice");
    }
}
