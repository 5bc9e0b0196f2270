//! Every step × every failure, doing and undoing.

use std::collections::BTreeSet;

use super::{office::Failure, *};

#[tokio::test]
async fn everything_goes_well_and_each_step_happens_once() {
    let world = World::new().await;
    for definition in definitions::ALL {
        let mut done = BTreeSet::new();
        for form in forms(definition) {
            for office in [Office::good(), Office::twice()] {
                let office = Arc::new(office);
                let engine = world.engine(office.clone(), None);
                let run = world.start_with(definition, &form).await;
                world.finish(&engine, &run, None, None).await;
                assert_eq!(
                    world.parent(&run).await,
                    Parent::Done,
                    "{}",
                    definition.code
                );
                world.check(&run, &office).await;
                for row in world.steps(&run).await {
                    let ended = ["done", "not_needed"].contains(&row.state.as_str());
                    assert!(ended, "{row:?}");
                    if row.state == "done" {
                        done.insert(row.step);
                    }
                }
            }
        }
        assert_eq!(done.len(), definition.steps.len(), "{}", definition.code);
    }
}

#[tokio::test]
async fn a_failure_at_any_step_ends_well_or_waits_for_a_person_and_stops_no_other() {
    let world = World::new().await;
    for definition in definitions::ALL {
        for step in definition
            .steps
            .iter()
            .filter(|step| step.act.reaches_out())
        {
            for failure in Failure::ALL {
                let office = Arc::new(Office::failing(step.code, Phase::Do, failure));
                let engine = world.engine(office.clone(), None);
                let form = form_for(definition, step);
                let run = world.start_with(definition, &form).await;
                let told = format!("{} {} {failure:?}", definition.code, step.code);
                world.finish(&engine, &run, None, None).await;
                assert_eq!(
                    office.failed(),
                    [(step.code, Phase::Do)],
                    "another step failed: {told}"
                );
                world.check(&run, &office).await;

                let stuck = matches!(
                    failure,
                    Failure::AwayForEver | Failure::RefusedOnce | Failure::Refused
                );
                assert_eq!(world.parent(&run).await == Parent::Done, !stuck, "{told}");
                if !stuck {
                    continue;
                }
                let waiting = world.steps(&run).await;
                let waiting = waiting.iter().filter(|row| row.state == "stuck");
                let waiting: Vec<&str> = waiting.map(|row| row.step.as_str()).collect();
                assert_eq!(waiting, [step.code], "{told}");
                if failure == Failure::RefusedOnce {
                    world.finish(&engine, &run, None, Some("retry")).await;
                    assert_eq!(world.parent(&run).await, Parent::Done, "{told}");
                } else {
                    world.finish(&engine, &run, None, Some("skip")).await;
                    assert_eq!(world.parent(&run).await, Parent::PartlyFailed, "{told}");
                }
                world.check(&run, &office).await;
            }
        }
    }
}

#[tokio::test]
async fn a_refused_step_is_corrected_and_asked_for_anew_and_what_is_done_is_not_touched() {
    let world = World::new().await;
    for definition in definitions::ALL {
        for step in definition
            .steps
            .iter()
            .filter(|step| step.act.reads_the_form())
        {
            let office = Arc::new(Office::good().refusing_once(step.code));
            let engine = world.engine(office.clone(), None);
            let form = form_for(definition, step);
            let run = world.start_with(definition, &form).await;
            let told = format!("{} {}", definition.code, step.code);
            world.finish(&engine, &run, None, None).await;
            world.say(&run, "return", Some(step.code)).await;
            engine.work_off().await.unwrap();
            let returned = world.steps(&run).await;
            let row = returned.iter().find(|row| row.step == step.code).unwrap();
            assert_eq!(
                (row.state.as_str(), &row.asked[..]),
                ("returned", &["/phone".to_owned()][..]),
                "{told}"
            );
            assert_eq!(world.messages(&run, "请一次改好").await, 1, "{told}");

            world.finish(&engine, &run, None, None).await;
            assert_eq!(world.parent(&run).await, Parent::Done, "{told}");
            world.check(&run, &office).await;
            let now = world.steps(&run).await;
            for (before, after) in returned.iter().zip(&now) {
                let same =
                    (before.attempts, before.changed_at) == (after.attempts, after.changed_at);
                assert!(
                    before.state != "done" || same,
                    "{told} touched {}",
                    before.step
                );
            }
            let (edition, forms) = world.editions(&run).await;
            assert_eq!((edition, forms.len()), (2, 2), "{told}");
            assert_eq!(forms[0], form, "{told}: what it said before stays");
            assert_eq!(forms[1]["phone"], "13900000000", "{told}");
        }
    }
}

#[tokio::test]
async fn what_never_comes_is_late_and_an_officer_gives_it_up() {
    let world = World::new().await;
    for definition in definitions::ALL {
        for step in definition
            .steps
            .iter()
            .filter(|step| !step.act.reaches_out())
        {
            let office = Arc::new(Office::good());
            let engine = world.engine(office.clone(), None);
            let form = form_for(definition, step);
            let run = world.start_with(definition, &form).await;
            world.finish(&engine, &run, Some(step.code), None).await;
            let rows = world.steps(&run).await;
            let open = rows.iter().filter(|row| row.state == "waiting");
            let open: Vec<&str> = open.map(|row| row.step.as_str()).collect();
            assert_eq!(open, [step.code], "only this one is waited for");
            // Longer than any clock there is.
            world.clock.advance(SignedDuration::from_hours(24 * 120));
            engine.work_off().await.unwrap();
            let rows = world.steps(&run).await;
            let late = rows.iter().find(|row| row.step == step.code).unwrap();
            assert_eq!(late.overdue, step.clock.is_some(), "{}", step.code);
            world.say(&run, "skip", Some(step.code)).await;
            world.finish(&engine, &run, Some(step.code), None).await;
            assert_eq!(world.parent(&run).await, Parent::PartlyFailed);
            world.check(&run, &office).await;
        }
    }
}

#[tokio::test]
async fn a_ground_that_was_wrong_undoes_every_step_whatever_fails() {
    let world = World::new().await;
    for definition in definitions::ALL {
        let Some(void) = definition.void_when else {
            continue;
        };
        let undone = definition.steps.iter();
        let undone = undone.filter(|step| matches!(step.undo, Undo::Ticket(_)));
        for step in undone {
            for failure in Failure::ALL {
                let office = Arc::new(Office::failing(step.code, Phase::Undo, failure));
                let engine = world.engine(office.clone(), None);
                let form = form_for(definition, step);
                let run = world.start_with(definition, &form).await;
                let told = format!("{} {} {failure:?}", definition.code, step.code);
                world.finish(&engine, &run, None, None).await;
                assert_eq!(world.parent(&run).await, Parent::Done, "{told}");
                world.tell(&run.subject, void.fact).await;
                world.finish(&engine, &run, None, None).await;
                assert_eq!(office.failed(), [(step.code, Phase::Undo)], "{told}");
                if failure != Failure::AwayForEver {
                    world.check(&run, &office).await;
                }
                let verb = match failure {
                    Failure::RefusedOnce => "retry",
                    _ => "skip",
                };
                // What never can be undone is settled by an officer; so is what is refused.
                world.finish(&engine, &run, None, Some(verb)).await;
                world.finish(&engine, &run, None, Some("skip")).await;
                if failure == Failure::AwayForEver {
                    let rows = world.steps(&run).await;
                    let row = rows.iter().find(|row| row.step == step.code).unwrap();
                    assert_eq!(
                        (row.state.as_str(), row.phase.as_str()),
                        ("due", "undo"),
                        "{told}"
                    );
                    assert!(row.attempts > 20, "undoing is tried for ever");
                    world.say(&run, "skip", Some(step.code)).await;
                    world.finish(&engine, &run, None, Some("skip")).await;
                }
                assert_eq!(world.parent(&run).await, Parent::Terminated, "{told}");
                world.check(&run, &office).await;
            }
        }
    }
}

#[tokio::test]
async fn an_abort_at_any_moment_ends_in_order() {
    let world = World::new().await;
    for definition in definitions::ALL {
        for turns in 0..12 {
            let office = Arc::new(Office::twice());
            let engine = world.engine(office.clone(), None);
            let run = world.start(definition).await;
            for _ in 0..turns {
                engine.work_off().await.unwrap();
                world.help(&run, None, None).await;
                world.clock.advance(SignedDuration::from_secs(1));
            }
            if !world.parent(&run).await.is_final() {
                world.say(&run, "abort", None).await;
            }
            world.finish(&engine, &run, None, Some("skip")).await;
            let parent = world.parent(&run).await;
            assert!(
                matches!(parent, Parent::Terminated | Parent::Done),
                "{parent:?} {turns}"
            );
            world.check(&run, &office).await;
        }
    }
}
