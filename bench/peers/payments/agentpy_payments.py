"""Unit payments in AgentPy: python agentpy_payments.py FILE MONTHS SEED..., people in order."""
import agentpy

from common import UNITS, contacts_of, run


class Person(agentpy.Agent):
    def setup(self):
        self.money = UNITS

    def pay(self):
        if self.money > 0:
            self.money -= 1
            self.model.random.choice(self.contacts).money += 1


class Town(agentpy.Model):
    def setup(self):
        contacts = contacts_of(self.p.file)
        self.people = agentpy.AgentList(self, len(contacts), Person)
        people = list(self.people)
        for person, of_person in zip(people, contacts, strict=True):
            person.contacts = [people[contact] for contact in of_person]

    def step(self):
        self.people.pay()


def make(file, seed):
    town = Town({"file": file, "seed": seed})
    town.sim_setup()
    return town.sim_step, lambda: [person.money for person in town.people]


if __name__ == "__main__":
    run(make)
