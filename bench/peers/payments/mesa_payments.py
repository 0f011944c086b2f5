"""Unit payments in Mesa: python mesa_payments.py FILE MONTHS SEED..., people in order; MESA_SHUFFLE=1: by chance."""
import os

import mesa

from common import UNITS, contacts_of, run


class Person(mesa.Agent):
    def __init__(self, model):
        super().__init__(model)
        self.money = UNITS
        self.contacts = ()

    def pay(self):
        if self.money > 0:
            self.money -= 1
            self.random.choice(self.contacts).money += 1


class Town(mesa.Model):
    def __init__(self, contacts, seed):
        super().__init__(seed=seed)
        people = list(Person.create_agents(self, len(contacts)))
        for person, of_person in zip(people, contacts, strict=True):
            person.contacts = [people[contact] for contact in of_person]
        self.live = self.agents.shuffle_do if os.environ.get("MESA_SHUFFLE") else self.agents.do

    def step(self):
        self.live("pay")


def make(file, seed):
    town = Town(contacts_of(file), seed)
    return town.step, lambda: [person.money for person in town.agents]


if __name__ == "__main__":
    run(make)
