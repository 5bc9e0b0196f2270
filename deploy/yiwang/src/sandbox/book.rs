//! What the departments have taken, in memory and in an append-only file.
//!
//! One JSON record per line, written before the answer goes out: a repeated key
//! gets the same answer after a restart or a kill. A torn last line is dropped.

use std::{
    collections::HashMap,
    fs::{File, OpenOptions},
    io::{BufRead, BufReader, Seek, Write},
    path::Path,
};

use anyhow::Context;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    behaviour::{self, Behaviour},
    department::Department,
    dna::Kin,
    id_reader::Place,
    population::Set,
    sharing::{Facts, Household},
};

/// A request as it was taken; everything that is answered follows from it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Taken {
    pub(crate) department: Department,
    pub(crate) key: String,
    /// Hex SHA-256 of the raw body.
    pub(crate) body_hash: String,
    pub(crate) body: Value,
    /// Machine time; the delay counts from here.
    pub(crate) taken_at: Timestamp,
    /// Business time; dates in the answer follow from it.
    pub(crate) business_at: Timestamp,
    pub(crate) behave: Vec<Behaviour>,
}

/// Makes coming requests misbehave.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    pub(crate) department: Department,
    #[serde(default)]
    pub(crate) key_contains: String,
    /// How many requests it still fits; 0 is always.
    #[serde(default)]
    pub(crate) times: u32,
    pub(crate) behave: Vec<Behaviour>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
enum Record {
    Taken(Taken),
    /// The callback was answered, or given up.
    Told {
        department: Department,
        key: String,
    },
    /// A request was turned away as its key asks; the next try is taken.
    TurnedAway {
        department: Department,
        key: String,
    },
    Rules {
        rules: Vec<Rule>,
    },
    /// What the population register is to say of somebody.
    Person(Set),
    /// A card laid on a reader, or taken away.
    Card {
        place: Place,
        card: Option<Value>,
    },
    /// A death certificate of the health department's feed.
    Certificate {
        certificate: Value,
    },
    /// What the DNA base is to find for a sample.
    Kin(Kin),
    /// A weather alert.
    Alert {
        alert: Value,
    },
    /// What data sharing knows of somebody.
    Facts(Facts),
    /// A child with its parents by the household register.
    Household(Household),
}

/// What becomes of a request.
pub(crate) enum Outcome {
    /// Taken now, for the first time.
    Fresh(Taken),
    /// Taken before with the same body.
    Repeat(Taken),
    /// Taken before with another body.
    Mismatch,
    /// Not taken, on demand.
    TurnedAway,
}

type Id = (Department, String);

/// The departments' memory.
pub(crate) struct Book {
    file: File,
    taken: HashMap<Id, Taken>,
    untold: Vec<Id>,
    turned_away: Vec<Id>,
    rules: Vec<Rule>,
    people: HashMap<String, Set>,
    cards: HashMap<Place, Value>,
    certificates: Vec<Value>,
    kin: HashMap<String, Kin>,
    alerts: Vec<Value>,
    facts: HashMap<String, Facts>,
    households: HashMap<String, Household>,
}

impl Book {
    /// Opens the file and reads back what was taken before.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(path)
            .with_context(|| format!("cannot open {}", path.display()))?;
        let (records, sound) = read(&mut file)?;
        file.set_len(sound)?;
        let mut book = Self {
            file,
            taken: HashMap::new(),
            untold: Vec::new(),
            turned_away: Vec::new(),
            rules: Vec::new(),
            people: HashMap::new(),
            cards: HashMap::new(),
            certificates: Vec::new(),
            kin: HashMap::new(),
            alerts: Vec::new(),
            facts: HashMap::new(),
            households: HashMap::new(),
        };
        records.into_iter().for_each(|record| book.apply(record));
        Ok(book)
    }

    /// Takes a request, or recognises one that was taken before.
    pub(crate) fn take(&mut self, mut request: Taken) -> anyhow::Result<Outcome> {
        let id = (request.department, request.key.clone());
        if let Some(known) = self.taken.get(&id) {
            let same = known.body_hash == request.body_hash;
            return Ok(if same {
                Outcome::Repeat(known.clone())
            } else {
                Outcome::Mismatch
            });
        }
        request.behave = behaviour::of_key(&request.key);
        if request.behave.contains(&Behaviour::Down) && !self.turned_away.contains(&id) {
            self.write(Record::TurnedAway {
                department: id.0,
                key: id.1,
            })?;
            return Ok(Outcome::TurnedAway);
        }
        let ruled = self.ruled(&request)?;
        // The department is away for as long as the rule fits.
        if ruled.contains(&Behaviour::Down) {
            return Ok(Outcome::TurnedAway);
        }
        request.behave.extend(ruled);
        self.write(Record::Taken(request.clone()))?;
        Ok(Outcome::Fresh(request))
    }

    /// The request with this key.
    pub(crate) fn get(&self, department: Department, key: &str) -> Option<&Taken> {
        self.taken.get(&(department, key.to_owned()))
    }

    /// Everything a department has taken.
    pub(crate) fn all(&self, department: Department) -> impl Iterator<Item = &Taken> {
        self.taken
            .values()
            .filter(move |taken| taken.department == department)
    }

    /// Requests whose callback is still owed; asked once at start.
    pub(crate) fn owed(&self) -> Vec<Taken> {
        self.untold
            .iter()
            .filter_map(|id| self.taken.get(id).cloned())
            .collect()
    }

    /// Notes that the callback was answered or given up.
    pub(crate) fn told(&mut self, taken: &Taken) -> anyhow::Result<()> {
        self.write(Record::Told {
            department: taken.department,
            key: taken.key.clone(),
        })
    }

    /// The rules in force.
    pub(crate) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Replaces the rules.
    pub(crate) fn set_rules(&mut self, rules: Vec<Rule>) -> anyhow::Result<()> {
        self.write(Record::Rules { rules })
    }

    /// What was set of the person with this document, in its canonical text.
    pub(crate) fn person(&self, document: &str) -> Option<&Set> {
        self.people.get(document)
    }

    /// Sets what the population register says of somebody.
    pub(crate) fn set_person(&mut self, set: Set) -> anyhow::Result<()> {
        self.write(Record::Person(set))
    }

    /// The card on a reader.
    pub(crate) fn card(&self, place: &Place) -> Option<&Value> {
        self.cards.get(place)
    }

    /// Lays a card on a reader, or takes it away.
    pub(crate) fn lay(&mut self, place: Place, card: Option<Value>) -> anyhow::Result<()> {
        self.write(Record::Card { place, card })
    }

    /// Death certificates, in the order of their sequence.
    pub(crate) fn certificates(&self) -> &[Value] {
        &self.certificates
    }

    /// Adds a death certificate.
    pub(crate) fn add_certificate(&mut self, certificate: Value) -> anyhow::Result<()> {
        self.write(Record::Certificate { certificate })
    }

    /// Weather alerts, in the order of their sequence.
    pub(crate) fn alerts(&self) -> &[Value] {
        &self.alerts
    }

    /// Takes a weather alert in.
    pub(crate) fn add_alert(&mut self, alert: Value) -> anyhow::Result<()> {
        self.write(Record::Alert { alert })
    }

    /// What was set for a sample of the DNA base.
    pub(crate) fn kin(&self, sample: &str) -> Option<&Kin> {
        self.kin.get(sample)
    }

    /// Sets what the DNA base finds for a sample.
    pub(crate) fn set_kin(&mut self, kin: Kin) -> anyhow::Result<()> {
        self.write(Record::Kin(kin))
    }

    /// What data sharing knows of the person with this number.
    pub(crate) fn facts(&self, id_number: &str) -> Option<&Facts> {
        self.facts.get(id_number)
    }

    /// Sets what data sharing knows of somebody.
    pub(crate) fn set_facts(&mut self, facts: Facts) -> anyhow::Result<()> {
        self.write(Record::Facts(facts))
    }

    /// Children with their parents by the household register.
    pub(crate) fn households(&self) -> impl Iterator<Item = &Household> {
        self.households.values()
    }

    /// Enters a child into the household register.
    pub(crate) fn set_household(&mut self, household: Household) -> anyhow::Result<()> {
        self.write(Record::Household(household))
    }

    fn ruled(&mut self, request: &Taken) -> anyhow::Result<Vec<Behaviour>> {
        let fits = |rule: &Rule| {
            rule.department == request.department && request.key.contains(&rule.key_contains)
        };
        let Some(at) = self.rules.iter().position(fits) else {
            return Ok(Vec::new());
        };
        let mut rules = self.rules.clone();
        let behave = rules[at].behave.clone();
        match rules[at].times {
            0 => return Ok(behave),
            1 => drop(rules.remove(at)),
            _ => rules[at].times -= 1,
        }
        self.set_rules(rules)?;
        Ok(behave)
    }

    fn write(&mut self, record: Record) -> anyhow::Result<()> {
        let mut line = serde_json::to_vec(&record)?;
        line.push(b'\n');
        self.file.write_all(&line)?;
        self.apply(record);
        Ok(())
    }

    fn apply(&mut self, record: Record) {
        match record {
            Record::Taken(taken) => {
                let id = (taken.department, taken.key.clone());
                self.untold.push(id.clone());
                self.taken.insert(id, taken);
            }
            Record::Told { department, key } => {
                self.untold.retain(|id| *id != (department, key.clone()));
            }
            Record::TurnedAway { department, key } => self.turned_away.push((department, key)),
            Record::Rules { rules } => self.rules = rules,
            Record::Person(set) => {
                self.people.insert(set.key(), set);
            }
            Record::Card {
                place,
                card: Some(card),
            } => {
                self.cards.insert(place, card);
            }
            Record::Card { place, card: None } => {
                self.cards.remove(&place);
            }
            Record::Certificate { certificate } => self.certificates.push(certificate),
            Record::Alert { alert } => self.alerts.push(alert),
            Record::Facts(facts) => {
                self.facts.insert(facts.id_number.clone(), facts);
            }
            Record::Household(household) => {
                let child = household.child.id_number.clone();
                self.households.insert(child, household);
            }
            Record::Kin(kin) => {
                self.kin.insert(kin.sample.clone(), kin);
            }
        }
    }
}

/// The records of the file and the length of its sound part.
fn read(file: &mut File) -> anyhow::Result<(Vec<Record>, u64)> {
    file.rewind()?;
    let (mut records, mut sound) = (Vec::new(), 0);
    let mut lines = BufReader::new(file);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        let complete = line.ends_with(b"\n");
        match serde_json::from_slice(&line) {
            Ok(record) if complete => records.push(record),
            _ if !complete => break,
            Ok(_) => break,
            Err(error) => anyhow::bail!("the sandbox file is damaged at byte {sound}: {error}"),
        }
        sound += line.len() as u64;
        line.clear();
    }
    Ok((records, sound))
}

#[cfg(test)]
mod tests;
