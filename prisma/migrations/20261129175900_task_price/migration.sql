-- AlterTable
ALTER TABLE "tasks" ADD COLUMN     "price" JSON;
