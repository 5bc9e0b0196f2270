//! The parts of an item that always lie in the same files of its folder.

/// Inside `impl Item`: the types by their usual names, and what needs no word of its own.
///
/// | file | what is taken from it |
/// |---|---|
/// | `form.rs` | `Form`, `Form::people` |
/// | `state.rs`, `facts.rs`, `world.rs` | `State`, `Facts`, `World`, `Effect` |
/// | `action.rs`, `actions.rs` | `Action`, `Action::code`; the table `ACTS` |
/// | `guide.rs`, `sections.rs` | `guide()`, `sections(case)` |
///
/// `submit` and `decide` stay written out: they are what a reader looks for.
#[macro_export]
macro_rules! parts_of_item {
    () => {
        type Form = Form;
        type State = State;
        type Facts = Facts;
        type Action = Action;
        type World = World;
        type Effect = Effect;

        fn guide() -> $crate::guide::Guide {
            guide::guide()
        }

        fn actions() -> &'static [$crate::ActionSpec<State>] {
            &actions::ACTS
        }

        fn people(form: &Form) -> Vec<$crate::Person> {
            form.people()
        }

        fn code_of(action: &Action) -> &'static str {
            action.code()
        }

        fn sections(case: &$crate::Case<Self>) -> Vec<$crate::guide::Section> {
            sections::sections(case)
        }
    };
}
