//! From declarations to a schema set: references resolved, types derived, content models made into automata.

mod part;

mod positions;

mod automaton;

mod builder;

mod simple_types;

mod attributes;

mod complex_types;

mod substitution;

mod whole;
