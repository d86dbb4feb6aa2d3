//! Claims that are to be so together, name by name: the range of a number, the words that are
//! left, how two values stand to each other.

use super::Known;
use crate::council::condition::eval::Node;
use crate::council::condition::lexer::Comparison;
use crate::council::condition::value::{Kind, Value};
use crate::records::Day;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// What has been claimed so far.
#[derive(Debug, Default)]
pub(super) struct Together {
    said: BTreeMap<String, bool>,
    truths: BTreeMap<String, bool>,
    ranges: BTreeMap<String, Range>,
    texts: BTreeMap<String, Texts>,
    /// For two values, whether the one may be less than, the same as and more than the other.
    pairs: BTreeMap<(String, String), [bool; 3]>,
    is_contradiction: bool,
}

/// The numbers that are left: multiples of the step, both ends included.
#[derive(Debug)]
struct Range {
    step: i128,
    least: Option<i128>,
    most: Option<i128>,
    not: BTreeSet<i128>,
}

/// The words that are left.
#[derive(Debug, Default)]
struct Texts {
    is: Option<String>,
    not: BTreeSet<String>,
}

impl Together {
    pub(super) fn say(&mut self, name: &str, is_said: bool) {
        let known = *self.said.entry(name.to_owned()).or_insert(is_said);
        self.is_contradiction |= known != is_said;
    }

    pub(super) fn truth(&mut self, of: String, truth: bool) {
        let known = *self.truths.entry(of).or_insert(truth);
        self.is_contradiction |= known != truth;
    }

    pub(super) fn stand(
        &mut self,
        left: &Node,
        comparison: Comparison,
        right: &Node,
        known: &Known<'_>,
    ) {
        match (constant(left, known), constant(right, known)) {
            (Some(one), Some(other)) => {
                let order = one.compared(&other);
                self.is_contradiction |= order.is_some_and(|order| !comparison.accepts(order));
            }
            (None, Some(value)) => self.beside(left, comparison, &value, known),
            (Some(value), None) => self.beside(right, turned(comparison), &value, known),
            (None, None) => self.pair(left, comparison, right),
        }
    }

    fn beside(&mut self, of: &Node, comparison: Comparison, value: &Value, known: &Known<'_>) {
        let key = format!("{of:?}");
        if let Value::Text(word) = value {
            let texts = self.texts.entry(key).or_default();
            match comparison {
                Comparison::Equal => {
                    let is = texts.is.get_or_insert_with(|| word.to_string());
                    self.is_contradiction |= is != word;
                }
                Comparison::Different => {
                    texts.not.insert(word.to_string());
                }
                _ => {}
            }
            return;
        }
        let Some(number) = number(value) else {
            return;
        };
        let is_whole = match of {
            Node::Name(name) => known.names.kind(name) == Some(Kind::Whole),
            _ => matches!(value, Value::Whole(_)),
        };
        // Numbers are held in hundredths; money and days already come in their smallest part.
        let step = if is_whole { 100 } else { 1 };
        let range = self.ranges.entry(key).or_insert(Range {
            step,
            least: None,
            most: None,
            not: BTreeSet::new(),
        });
        range.take(comparison, number);
    }

    fn pair(&mut self, left: &Node, comparison: Comparison, right: &Node) {
        let (one, other) = (format!("{left:?}"), format!("{right:?}"));
        let (key, comparison) = match one.cmp(&other) {
            Ordering::Equal => {
                self.is_contradiction |= !comparison.accepts(Ordering::Equal);
                return;
            }
            Ordering::Less => ((one, other), comparison),
            Ordering::Greater => ((other, one), turned(comparison)),
        };
        let left = self.pairs.entry(key).or_insert([true; 3]);
        for (is_left, order) in
            left.iter_mut()
                .zip([Ordering::Less, Ordering::Equal, Ordering::Greater])
        {
            *is_left &= comparison.accepts(order);
        }
    }

    pub(super) fn is_possible(&self) -> bool {
        !self.is_contradiction
            && self.ranges.values().all(Range::is_possible)
            && self.pairs.values().all(|left| left.contains(&true))
            && self.texts.values().all(|texts| {
                texts
                    .is
                    .as_ref()
                    .is_none_or(|word| !texts.not.contains(word))
            })
    }
}

impl Range {
    fn take(&mut self, comparison: Comparison, number: i128) {
        let floor = number.div_euclid(self.step) * self.step;
        let is_on_step = floor == number;
        let ceiling = if is_on_step { floor } else { floor + self.step };
        match comparison {
            Comparison::Equal => {
                // Between two steps nothing is the same: the range closes on itself.
                self.at_least(ceiling);
                self.at_most(floor);
            }
            Comparison::Different => {
                self.not.insert(number);
            }
            Comparison::Less if is_on_step => self.at_most(floor - self.step),
            Comparison::Less | Comparison::AtMost => self.at_most(floor),
            Comparison::More if is_on_step => self.at_least(floor + self.step),
            Comparison::More | Comparison::AtLeast => self.at_least(ceiling),
        }
    }

    fn at_least(&mut self, number: i128) {
        self.least = Some(self.least.map_or(number, |least| least.max(number)));
    }

    fn at_most(&mut self, number: i128) {
        self.most = Some(self.most.map_or(number, |most| most.min(number)));
    }

    fn is_possible(&self) -> bool {
        let (Some(least), Some(most)) = (self.least, self.most) else {
            return true;
        };
        if most < least {
            return false;
        }
        let left = (most - least) / self.step + 1;
        let taken = self
            .not
            .range(least..=most)
            .filter(|number| **number % self.step == 0)
            .count();
        i128::try_from(taken).is_ok_and(|taken| taken < left)
    }
}

/// The comparison seen from the other side.
const fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal | Comparison::Different => comparison,
        Comparison::Less => Comparison::More,
        Comparison::More => Comparison::Less,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::AtLeast => Comparison::AtMost,
    }
}

fn constant(node: &Node, known: &Known<'_>) -> Option<Value> {
    match node {
        Node::Constant(value) => Some(value.clone()),
        Node::Name(name) => (known.values)(name),
        _ => None,
    }
}

fn number(value: &Value) -> Option<i128> {
    match value {
        Value::Whole(whole) => Some(i128::from(*whole) * 100),
        Value::Number(number) => Some(i128::from(number.hundredths())),
        Value::Money(money) => Some(i128::from(money.pence())),
        Value::Day(day) => {
            let first: Day = "2000-01-01".parse().ok()?;
            match Value::Day(*day).minus(&Value::Day(first)) {
                Value::Whole(days) => Some(i128::from(days)),
                _ => None,
            }
        }
        _ => None,
    }
}
