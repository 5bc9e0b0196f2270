//! Keys, rules, restarts, torn lines.

use super::*;

fn request(key: &str, hash: &str) -> Taken {
    Taken {
        department: Department::Bank,
        key: key.to_owned(),
        body_hash: hash.to_owned(),
        body: Value::Null,
        taken_at: Timestamp::UNIX_EPOCH,
        business_at: Timestamp::UNIX_EPOCH,
        behave: Vec::new(),
    }
}

#[test]
fn a_key_is_taken_once_also_after_a_restart_and_a_torn_line() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("book");
    let mut book = Book::open(&path).unwrap();
    assert!(matches!(
        book.take(request("a", "1")).unwrap(),
        Outcome::Fresh(_)
    ));
    drop(book);
    OpenOptions::new()
        .append(true)
        .open(&path)
        .unwrap()
        .write_all(b"{\"record\":\"ta")
        .unwrap();

    let mut book = Book::open(&path).unwrap();
    assert!(matches!(
        book.take(request("a", "1")).unwrap(),
        Outcome::Repeat(_)
    ));
    assert!(matches!(
        book.take(request("a", "2")).unwrap(),
        Outcome::Mismatch
    ));
    assert_eq!(book.owed().len(), 1);
    book.told(&request("a", "1")).unwrap();
    assert!(Book::open(&path).unwrap().owed().is_empty());
}

#[test]
fn a_rule_is_used_up_and_a_key_is_turned_away_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut book = Book::open(&dir.path().join("book")).unwrap();
    let rule = Rule {
        department: Department::Bank,
        key_contains: "x".to_owned(),
        times: 1,
        behave: vec![Behaviour::Twice],
    };
    book.set_rules(vec![rule]).unwrap();
    let behave = |outcome| match outcome {
        Outcome::Fresh(taken) => taken.behave,
        _ => panic!("not taken"),
    };
    assert_eq!(
        behave(book.take(request("x1", "1")).unwrap()),
        [Behaviour::Twice]
    );
    assert!(behave(book.take(request("x2", "1")).unwrap()).is_empty());
    assert!(matches!(
        book.take(request("y~down", "1")).unwrap(),
        Outcome::TurnedAway
    ));
    assert!(matches!(
        book.take(request("y~down", "1")).unwrap(),
        Outcome::Fresh(_)
    ));
}

#[test]
fn a_rule_turns_away_as_often_as_it_says_or_until_it_is_deleted() {
    let dir = tempfile::tempdir().unwrap();
    let mut book = Book::open(&dir.path().join("book")).unwrap();
    let down = |times| Rule {
        department: Department::Bank,
        key_contains: String::new(),
        times,
        behave: vec![Behaviour::Down],
    };
    let turned_away = |book: &mut Book, key: &str| {
        let outcome = book.take(request(key, "1")).unwrap();
        matches!(outcome, Outcome::TurnedAway)
    };
    book.set_rules(vec![down(2)]).unwrap();
    assert!(turned_away(&mut book, "a"));
    assert!(turned_away(&mut book, "a"));
    assert!(!turned_away(&mut book, "a"), "used up");

    book.set_rules(vec![down(0)]).unwrap();
    assert!(!turned_away(&mut book, "a"), "it was taken before");
    for _ in 0..3 {
        assert!(turned_away(&mut book, "b"));
    }
    book.set_rules(Vec::new()).unwrap();
    assert!(!turned_away(&mut book, "b"));
}
