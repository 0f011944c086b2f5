//! Unit payments in krABMaga: payments FILE MONTHS SEED..., people in the order of its queue.

use krabmaga::engine::agent::Agent;
use krabmaga::engine::schedule::Schedule;
use krabmaga::engine::state::State;
use krabmaga::rand::rngs::SmallRng;
use krabmaga::rand::{Rng, SeedableRng};
use std::any::Any;
use std::fs;
use std::time::Instant;

const UNITS: u32 = 5;

struct Town {
    first: Vec<u32>,
    contacts: Vec<u32>,
    money: Vec<u32>,
    chance: SmallRng,
}

#[derive(Clone)]
struct Person {
    number: u32,
}

impl Agent for Person {
    fn step(&mut self, state: &mut dyn State) {
        let town = state.as_any_mut().downcast_mut::<Town>().expect("the town");
        let number = self.number as usize;
        if town.money[number] == 0 {
            return;
        }
        let (first, last) = (town.first[number], town.first[number + 1]);
        let contact = town.contacts[town.chance.random_range(first..last) as usize];
        town.money[number] -= 1;
        town.money[contact as usize] += 1;
    }
}

impl State for Town {
    fn init(&mut self, schedule: &mut Schedule) {
        for number in 0..self.money.len() as u32 {
            schedule.schedule_repeating(Box::new(Person { number }), 0., 0);
        }
    }
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn as_state_mut(&mut self) -> &mut dyn State {
        self
    }
    fn as_state(&self) -> &dyn State {
        self
    }
    fn reset(&mut self) {}
    fn update(&mut self, _step: u64) {}
}

fn memory(item: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").expect("status");
    let line = status.lines().find(|line| line.starts_with(item)).expect("item");
    let kilobytes: f64 = line.split_whitespace().nth(1).expect("number").parse().expect("number");
    kilobytes * 1024.
}

fn processor_seconds() -> f64 {
    let mut now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut now) };
    now.tv_sec as f64 + now.tv_nsec as f64 * 1e-9
}

fn gini(money: &[u32]) -> f64 {
    let mut sorted = money.to_vec();
    sorted.sort_unstable();
    let (count, mut weighted, mut total) = (sorted.len() as f64, 0., 0.);
    for (rank, units) in sorted.iter().enumerate() {
        weighted += (2. * rank as f64 - count + 1.) * f64::from(*units);
        total += f64::from(*units);
    }
    weighted / (count * total)
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let months: u32 = words[2].parse().expect("months");
    let before = memory("VmRSS:");
    let mut taken = 0.;
    for seed in &words[3..] {
        let bytes = fs::read(&words[1]).expect("contacts");
        let number = |at: usize| u32::from_le_bytes(bytes[at * 4..at * 4 + 4].try_into().expect("4 bytes"));
        let people = number(0) as usize;
        let mut town = Town {
            first: (1..people + 2).map(number).collect(),
            contacts: (people + 2..bytes.len() / 4).map(number).collect(),
            money: vec![UNITS; people],
            chance: SmallRng::seed_from_u64(seed.parse().expect("seed")),
        };
        drop(bytes);
        let mut schedule = Schedule::new();
        town.init(&mut schedule);
        let (start, processor) = (Instant::now(), processor_seconds());
        for _ in 0..months {
            schedule.step(&mut town);
        }
        let seconds = start.elapsed().as_secs_f64();
        let processor = processor_seconds() - processor;
        if taken == 0. {
            taken = memory("VmHWM:") - before;
        }
        let total: u64 = town.money.iter().map(|units| u64::from(*units)).sum();
        println!("{seconds} {processor} {total} {} {}", gini(&town.money), taken / people as f64);
    }
}
