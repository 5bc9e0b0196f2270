//! A decision in the making: changes are collected and seen by those that follow.

use serde_json::Value;

use super::{Change, Course, Event, StepState, World};
use crate::one_thing::definition::{Definition, Step};

/// The state as it will be, and how it gets there.
pub(super) struct Draft<'a> {
    pub(super) definition: &'a Definition,
    pub(super) world: World<'a>,
    pub(super) course: Course,
    pub(super) changes: Vec<Change>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(definition: &'a Definition, course: &Course, world: World<'a>) -> Self {
        Self {
            definition,
            world,
            course: course.clone(),
            changes: Vec::new(),
        }
    }

    pub(super) fn step(&self, index: usize) -> &'a Step {
        let definition: &'a Definition = self.definition;
        &definition.steps[index]
    }

    pub(super) fn at(&self, index: usize) -> &StepState {
        &self.course.steps[index]
    }

    /// Changes a step.
    pub(super) fn turn(&mut self, index: usize, change: impl FnOnce(&mut StepState)) {
        self.turn_with(index, None, change);
    }

    /// Changes a step and keeps what it gave.
    pub(super) fn turn_with(
        &mut self,
        index: usize,
        result: Option<Value>,
        change: impl FnOnce(&mut StepState),
    ) {
        let mut next = self.at(index).clone();
        change(&mut next);
        self.push(Change::Step(index, next, result));
    }

    /// Writes into the history.
    pub(super) fn tell(&mut self, index: Option<usize>, event: Event) {
        self.push(Change::Told(index, event));
    }

    pub(super) fn push(&mut self, change: Change) {
        self.course.apply(std::slice::from_ref(&change));
        self.changes.push(change);
    }
}
